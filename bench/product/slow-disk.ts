import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const source = (ms: number) => `
#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>
static void wait_a_while(void) {
  struct timespec time = { 0, ${ms} * 1000000L };
  nanosleep(&time, 0);
}
int fdatasync(int file) {
  wait_a_while();
  return ((int (*)(int)) dlsym(RTLD_NEXT, "fdatasync"))(file);
}
int fsync(int file) {
  wait_a_while();
  return ((int (*)(int)) dlsym(RTLD_NEXT, "fsync"))(file);
}
`;

/** The environment in which each wait of a process for its disk takes so much longer; undefined without a compiler. */
export function slowDisk(folder: string, ms: number): Readonly<Record<string, string>> | undefined {
  if (process.platform !== "linux") return undefined;
  const [c, library] = [join(folder, "slow-disk.c"), join(folder, "slow-disk.so")];
  writeFileSync(c, source(ms));
  const { status } = spawnSync(process.env["CC"] ?? "cc", ["-shared", "-fPIC", "-o", library, c, "-ldl"]);
  return status === 0 ? { LD_PRELOAD: library } : undefined;
}
