/* buildinfo.c: --build-info.
 *
 * Direct and token dispatch live on every handler having an indirect jump of
 * its own, and compilers like to merge them. What came out of it only the
 * linked program can tell: scripts/audit disassembles it and writes its
 * findings into the section below, which `strip` leaves alone. */
#include "vm/cli/buildinfo.h"
#include "build_info.h"
#include "vm/load/linked.h"
#include <stdio.h>

#define VERSION_TEXT "weft 0.1 (Lua 5.4)"

enum { AUDIT_SIZE = 2048 }; /* scripts/audit knows it, too */
/* Lines of text; volatile, for the compiler must not take it for empty. */
__attribute__((section("weft_audit"))) static const volatile char
    audit_text[AUDIT_SIZE] = "machine code: not audited (the build found no "
                             "python3 or no objdump)";

static void print_audit(void) {
  for (int i = 0; i < AUDIT_SIZE && audit_text[i]; i++)
    putchar(audit_text[i]);
  putchar('\n');
}

void wf_buildinfo_print_version(void) {
  puts(VERSION_TEXT);
  fflush(stdout);
}

static const char *or_none(const char *text) { return *text ? text : "none"; }

void wf_buildinfo_print(void) {
  printf("commit: %s\n", WEFT_BUILD_COMMIT);
  printf("compiler: %s\n", WEFT_BUILD_COMPILER);
  printf("build type: %s\n", WEFT_BUILD_TYPE);
  printf("flags: %s\n", WEFT_BUILD_FLAGS);
  printf("interpreter flags: %s\n", or_none(WEFT_BUILD_INTERP_FLAGS));
  printf("dispatch: %s\n", WEFT_BUILD_DISPATCH);
  printf("axes: %s\n", WEFT_BUILD_AXES);
  printf("layout: %s\n", WEFT_BUILD_LAYOUT);
  printf("handlers: %d\n", (int)LINKED_COUNT);
  print_audit();
  fflush(stdout);
}
