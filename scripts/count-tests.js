// Usage: count-tests.js <vitest's JSON report> <exit code of the checks>
import { existsSync, readFileSync } from "node:fs";

const [report, checks] = process.argv.slice(2);
const { numPassedTests, numFailedTests, numPendingTests, testResults } = existsSync(report)
  ? JSON.parse(readFileSync(report, "utf8"))
  : { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, testResults: [] };

// A file that fails to load fails no test of its own.
const brokenFiles = testResults.filter(
  ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
);
const failed = numFailedTests + brokenFiles.length + (checks === "0" ? 0 : 1);
const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : "";
console.log(`${numPassedTests} passed, ${failed} failed${skipped}`);
