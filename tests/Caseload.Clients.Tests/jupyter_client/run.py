"""Runs one file of tests and writes what became of each method as JSON: python3 run.py FILE RESULTS."""

import importlib
import json
import os
import sys
import time
import unittest


class Outcomes(unittest.TestResult):
    """Keeps the outcome of each method, and writes all of them after each: what was run stays known whatever comes."""

    def __init__(self, path):
        super().__init__()
        self.path = path
        self.outcomes = {}

    def startTest(self, test):
        super().startTest(test)
        self.started = time.monotonic()

    def stopTest(self, test):
        super().stopTest(test)
        outcome = self.outcomes.get(name_of(test), {}).get("outcome")
        print(f"{name_of(test)}: {outcome}, {time.monotonic() - self.started:.2f} s", flush=True)

    def addSuccess(self, test):
        super().addSuccess(test)
        self.keep(test, "ok", "")

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.keep(test, "failed", self._exc_info_to_string(err, test))

    def addError(self, test, err):
        super().addError(test, err)
        self.keep(test, "failed", self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.keep(test, "skipped", reason)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.keep(test, "failed", f"{subtest}\n{self._exc_info_to_string(err, test)}")

    def keep(self, test, outcome, text):
        before = self.outcomes.get(name_of(test))
        if before is not None and before["outcome"] == "failed":
            outcome, text = "failed", before["text"] + text
        self.outcomes[name_of(test)] = {"outcome": outcome, "text": text}
        written = self.path + ".new"
        with open(written, "w", encoding="utf-8") as file:
            json.dump(self.outcomes, file)
        os.replace(written, self.path)


def name_of(test):
    return test.id().rpartition(".")[2]


def main():
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    module = importlib.import_module(sys.argv[1])
    results = Outcomes(sys.argv[2])
    unittest.defaultTestLoader.loadTestsFromModule(module).run(results)
    for _, text in results.errors + results.failures:
        print(text, file=sys.stderr)
    return 0 if results.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
