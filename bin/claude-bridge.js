#!/usr/bin/env node
// Any Node since 10 can parse this file, so that an old one gets an answer and not a stack trace. Keep it so: no
// static import, no top-level await, no syntax younger than ES2018.

const needed = [22, 13];
const running = process.version.slice(1).split(".").map(Number);

if (running[0] < needed[0] || (running[0] === needed[0] && running[1] < needed[1])) {
  console.error("claude-bridge needs Node " + needed.join(".") + " or newer; this is Node " + process.version + ".");
  console.error(
    "Get one: `nvm install 24`, or just for this `npx -p node@24 -p claude-bridge claude-bridge`, or https://nodejs.org",
  );
  process.exitCode = 1;
} else {
  start(process.argv.slice(2));
}

function start(args) {
  hideSqliteWarning();
  const done =
    args.length === 1 && args[0] === "--version"
      ? import("../dist/version.js").then((loaded) => console.log("claude-bridge " + loaded.version))
      : import("../dist/keep-compiled.js")
          .then((loaded) => loaded.keepCompiled())
          .then(() => import("../dist/program/main.js"))
          .then((loaded) => loaded.main(args));
  done.catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}

/** Node 22 calls its SQLite experimental, each time it is loaded. We know; whoever starts a relay need not. */
function hideSqliteWarning() {
  const emitWarning = process.emitWarning;
  process.emitWarning = function (warning, type) {
    if (type === "ExperimentalWarning" && String(warning).includes("SQLite")) return;
    emitWarning.apply(process, arguments);
  };
}
