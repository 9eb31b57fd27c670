// Stands in for Android's C library (bionic: libc, libm, libdl, liblog), on top of glibc, so that a desktop's
// JVM can load the very libtensorflowlite_jni.so that runs on phones. For tests: only what that library asks
// for is here, and only on x86-64, where both put the stack protector's guard at fs:0x28 and give mutexes,
// conditions and read-write locks the same sizes, all zero at first.
//
// Android's symbols have the version LIBC. Each is defined here under another name and exported by .symver as
// name@LIBC, so that glibc's own of the same name can be reached from inside.
#define _GNU_SOURCE
#include <errno.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#if !defined(__x86_64__) || !defined(__GLIBC__)
#error "This needs x86-64 and glibc"
#endif

#define SAME(name)                                                                            \
  __asm__(".globl same_" #name "\n.type same_" #name ",@function\nsame_" #name ":\n"          \
          "  jmp *" #name "@GOTPCREL(%rip)\n.symver same_" #name "," #name "@LIBC\n");
#include "same-in-glibc.h"

#define OWN(name) __asm__(".symver own_" #name "," #name "@LIBC")

OWN(__errno);
int *own___errno(void) { return &errno; }

// stdin, stdout and stderr are an array of structures there, not pointers.
struct bionic_file {
  char bytes[152];
};
OWN(__sF);
struct bionic_file own___sF[3];

static FILE *file_of(void *stream) {
  FILE *standard[] = {stdin, stdout, stderr};
  for (int i = 0; i < 3; i++) {
    if (stream == &own___sF[i]) return standard[i];
  }
  return stream;
}

OWN(fclose);
int own_fclose(void *stream) { return fclose(file_of(stream)); }
OWN(fflush);
int own_fflush(void *stream) { return fflush(file_of(stream)); }
OWN(fileno);
int own_fileno(void *stream) { return fileno(file_of(stream)); }
OWN(fputc);
int own_fputc(int character, void *stream) { return fputc(character, file_of(stream)); }
OWN(fread);
size_t own_fread(void *to, size_t size, size_t count, void *stream) {
  return fread(to, size, count, file_of(stream));
}
OWN(fwrite);
size_t own_fwrite(const void *from, size_t size, size_t count, void *stream) {
  return fwrite(from, size, count, file_of(stream));
}
OWN(vfprintf);
int own_vfprintf(void *stream, const char *format, va_list values) {
  return vfprintf(file_of(stream), format, values);
}
OWN(fprintf);
int own_fprintf(void *stream, const char *format, ...) {
  va_list values;
  va_start(values, format);
  int written = vfprintf(file_of(stream), format, values);
  va_end(values);
  return written;
}

OWN(__strlen_chk);
size_t own___strlen_chk(const char *text, size_t room) {
  (void)room;
  return strlen(text);
}
// POSIX's, which gives a number; glibc's of that name gives a text.
int __xpg_strerror_r(int, char *, size_t);
OWN(strerror_r);
int own_strerror_r(int number, char *text, size_t room) { return __xpg_strerror_r(number, text, room); }

// Masks have other bits there. The library asks for all of "C".
OWN(newlocale);
locale_t own_newlocale(int mask, const char *name, locale_t base) {
  (void)mask;
  return newlocale(LC_ALL_MASK, name, base);
}

// Names have other numbers there (bits/sysconf.h).
OWN(sysconf);
long own_sysconf(int name) {
  switch (name) {
    case 0x27:
    case 0x28:
      return sysconf(_SC_PAGESIZE);
    case 0x60:
      return sysconf(_SC_NPROCESSORS_CONF);
    case 0x61:
      return sysconf(_SC_NPROCESSORS_ONLN);
    case 0x62:
      return sysconf(_SC_PHYS_PAGES);
    default:
      fprintf(stderr, "bionic.c: sysconf(0x%x) is not known here\n", name);
      errno = EINVAL;
      return -1;
  }
}

// A phone of no make: nothing is set.
OWN(__system_property_get);
int own___system_property_get(const char *name, char *value) {
  (void)name;
  value[0] = 0;
  return 0;
}
OWN(android_set_abort_message);
void own_android_set_abort_message(const char *message) { fprintf(stderr, "%s\n", message); }

int __android_log_vprint(int priority, const char *tag, const char *format, va_list values) {
  (void)priority;
  fprintf(stderr, "%s: ", tag);
  int written = vfprintf(stderr, format, values);
  fputc('\n', stderr);
  return written;
}
