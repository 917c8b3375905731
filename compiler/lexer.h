/* lexer.h: source text to tokens. */
#ifndef WEFT_COMPILER_LEXER_H
#define WEFT_COMPILER_LEXER_H

#include "compiler/context.h"

/* Single-character tokens are their own character. The reserved words come
 * first and in alphabetical order. */
// clang-format off
typedef enum TokenKind {
  TK_AND = 257, TK_BREAK, TK_DO, TK_ELSE, TK_ELSEIF, TK_END, TK_FALSE, TK_FOR,
  TK_FUNCTION, TK_GOTO, TK_IF, TK_IN, TK_LOCAL, TK_NIL, TK_NOT, TK_OR,
  TK_REPEAT, TK_RETURN, TK_THEN, TK_TRUE, TK_UNTIL, TK_WHILE,
  TK_IDIV, TK_CONCAT, TK_DOTS, TK_EQ, TK_GE, TK_LE, TK_NE, TK_SHL, TK_SHR,
  TK_DBCOLON, TK_EOS, TK_FLOAT, TK_INT, TK_NAME, TK_STRING
} TokenKind;
// clang-format on

typedef struct Token {
  int kind;
  uint32_t line; /* on which it ends */
  const char *start, *end;
  union {
    Name *name; /* TK_NAME, TK_STRING */
    int64_t i;
    double d;
  } as;
} Token;

typedef struct Lexer Lexer;
struct Lexer {
  Compiler *c;
  const char *p, *end; /* *end is NUL, as are the bytes of padding after it */
  uint32_t line;
  uint32_t last_line; /* of the token before `tok` */
  Token tok, ahead;
  bool has_ahead;
  bool detour;  /* has_ahead, or there are pieces: the next token is not the
                   next of a text that is all there */
  bool stopped; /* the last scan needed more text than there is */
  char *text;   /* the source and its padding, from the oldest byte needed */
  size_t room;
  const SourcePieces *more; /* pieces to come, or NULL */
  jmp_buf retry;            /* where a token that is cut off is given up */
};

/* Copies the source. The first token is read. */
void wf_lexer_init(Lexer *lx, Compiler *c, const char *source, size_t len);
void wf_lexer_free(Lexer *lx);
void wf_lexer_next(Lexer *lx);
/* Kind of the token after the current one. */
int wf_lexer_peek(Lexer *lx);
/* "chunk:line: msg near 'current token'". */
NORETURN void wf_lexer_error(Lexer *lx, const char *fmt, ...) PRINTF_LIKE(2, 3);
/* The same of another line. */
NORETURN void wf_lexer_error_at(Lexer *lx, uint32_t line, const char *msg);
/* The same without the token. */
NORETURN void wf_lexer_error_plain(Lexer *lx, const char *fmt, ...)
    PRINTF_LIKE(2, 3);
/* A token as messages quote it: 'while', <name>, <eof>. */
const char *wf_lexer_token_text(int kind, char out[16]);
/* Token of a reserved word, or 0. */
int wf_lexer_reserved(const char *s, size_t len);

#endif
