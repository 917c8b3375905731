/* resolve.c: scopes, variables, upvalues, labels.
 *
 * Every Name points to its innermost visible variable, which remembers the one
 * it hides: finding a variable is one load, whatever the number of scopes. The
 * same goes for labels. */
#include "compiler/resolve.h"
#include "vm/base/alloc.h"
#include <string.h>

void wf_resolve_init(Resolver *r, Compiler *c, Lexer *lx) {
  *r = (Resolver){.c = c, .lx = lx};
  r->env = wf_context_intern(c, "_ENV", 4, false);
  r->env_var = (Var){.name = r->env};
  r->env->binding = &r->env_var;
}

void wf_resolve_free(Resolver *r) {
  wf_alloc_free(r->vars);
  wf_alloc_free(r->gotos);
}

void wf_resolve_check_limit(Resolver *r, const Func *f, uint32_t n,
                            uint32_t limit, const char *what) {
  if (LIKELY(n <= limit))
    return;
  if (!f->up)
    wf_lexer_error(r->lx, "too many %s (limit is %u) in main function", what,
                   (unsigned)limit);
  wf_lexer_error(r->lx, "too many %s (limit is %u) in function at line %u",
                 what, (unsigned)limit, (unsigned)f->line_defined);
}

/* Variables */

Var *wf_resolve_declare(Resolver *r, Name *name) {
  Compiler *c = r->c;
  wf_resolve_check_limit(r, c->func, r->nvars + 1 - c->func->first_var,
                         MAX_LOCALS, "local variables");
  Var *v = pool_alloc(c, sizeof *v);
  *v = (Var){.name = name, .func = c->func};
  r->vars = array_room(c, r->vars, &r->vars_cap, r->nvars + 1, sizeof *r->vars);
  r->vars[r->nvars++] = v;
  return v;
}

void wf_resolve_activate(Resolver *r) {
  Func *f = r->c->func;
  Var *v = r->vars[f->first_var + f->nactive++];
  if (v->name) {
    v->shadowed = v->name->binding;
    v->name->binding = v;
  }
}

void wf_resolve_mark_to_close(Resolver *r) {
  r->c->func->scope->to_close = true;
  r->c->func->needs_close = true;
}

static uint32_t find_upval(Resolver *r, Func *f, Var *v) {
  for (uint32_t i = 0; i < f->nupvals; i++)
    if (f->upvals[i].var == v)
      return i;
  bool from_local = v->func == f->up;
  uint32_t index = 0;
  if (from_local) {
    v->captured = true;
    v->func->needs_close = true;
  } else {
    index = find_upval(r, f->up, v);
  }
  wf_resolve_check_limit(r, f, f->nupvals + 1, MAX_UPVALS, "upvalues");
  f->upvals = array_room(r->c, f->upvals, &f->upvals_cap, f->nupvals + 1,
                         sizeof *f->upvals);
  f->upvals[f->nupvals] = (Upval){v, v->name, from_local, (uint16_t)index};
  return f->nupvals++;
}

static Expr *variable(Resolver *r, Var *v) {
  Compiler *c = r->c;
  Expr *e = expr_new(c, E_LOCAL, r->lx->last_line);
  if (v->value) {
    e->kind = v->value->kind;
    e->flags = EXPR_CONST_VAR;
    e->lit = v->value->lit;
    e->lit.var = v;
  } else if (v->func == c->func) {
    e->local = v;
  } else {
    e->kind = E_UPVAL;
    e->upval.var = v;
    e->upval.index = find_upval(r, c->func, v);
  }
  return e;
}

Expr *wf_resolve_name(Resolver *r, Name *name) {
  Compiler *c = r->c;
  if (name->binding)
    return variable(r, name->binding);
  Var *env = r->env->binding;
  if (env->func == c->func || env->value) {
    Expr *e = expr_new_left(c, E_FIELD, variable(r, env), r->lx->last_line);
    e->name = name;
    return e;
  }
  if (c->func->env_upval == MOD_NO_ENV)
    c->func->env_upval = (uint16_t)find_upval(r, c->func, env);
  Expr *e = expr_new(c, E_GLOBAL, r->lx->last_line);
  e->global = name;
  return e;
}

void wf_resolve_assign(Resolver *r, Expr *target) {
  Var *v = target->flags & EXPR_CONST_VAR ? target->lit.var
           : target->kind == E_LOCAL      ? target->local
           : target->kind == E_UPVAL      ? target->upval.var
                                          : NULL;
  if (!v)
    return;
  if (v->attrib != ATTRIB_NONE)
    wf_lexer_error_plain(r->lx, "attempt to assign to const variable '%s'",
                         wf_context_store(r->c, v->name).bytes);
  v->assigned = true;
}

/* Scopes */

void wf_resolve_open_scope(Resolver *r, Scope *scope, Block *block,
                           bool is_loop) {
  Func *f = r->c->func;
  *scope = (Scope){.up = f->scope,
                   .block = block,
                   .nactive = f->nactive,
                   .first_goto = r->ngotos,
                   .is_loop = is_loop,
                   .to_close = f->scope && f->scope->to_close};
  f->scope = scope;
}

static NORETURN COLDFN void undefined_goto(Resolver *r, const PendingGoto *g) {
  if (!g->name)
    wf_lexer_error_plain(r->lx, "break outside loop at line %u",
                         (unsigned)g->line);
  wf_lexer_error_plain(r->lx, "no visible label '%s' for <goto> at line %u",
                       wf_context_store(r->c, g->name).bytes,
                       (unsigned)g->line);
}

void wf_resolve_close_scope(Resolver *r) {
  Func *f = r->c->func;
  Scope *scope = f->scope;
  while (f->nactive > scope->nactive) {
    Var *v = r->vars[f->first_var + --f->nactive];
    if (v->name)
      v->name->binding = v->shadowed;
  }
  r->nvars = f->first_var + f->nactive;
  for (Label *l = scope->labels; l; l = l->next)
    l->name->label = l->shadowed;
  if (UNLIKELY(r->ngotos > scope->first_goto)) {
    if (!scope->up)
      undefined_goto(r, &r->gotos[scope->first_goto]);
    for (uint32_t i = scope->first_goto; i < r->ngotos; i++)
      r->gotos[i].nactive = scope->nactive;
  }
  f->scope = scope->up;
}

void wf_resolve_open_func(Resolver *r, Func *f, Scope *scope) {
  Compiler *c = r->c;
  f->up = c->func;
  f->first_var = r->nvars;
  f->env_upval = MOD_NO_ENV;
  c->func = f;
  wf_resolve_open_scope(r, scope, &f->body, false);
  if (!f->up) {
    f->upvals = array_room(c, NULL, &f->upvals_cap, 1, sizeof(Upval));
    f->upvals[f->nupvals++] = (Upval){&r->env_var, r->env, true, 0};
  }
}

/* Jumps */

static Label *visible_label(Resolver *r, Name *name) {
  Label *l = name->label;
  return l && l->func == r->c->func ? l : NULL;
}

static void add_pending(Resolver *r, Stmt *stmt, Name *name) {
  r->gotos = array_room(r->c, r->gotos, &r->gotos_cap, r->ngotos + 1,
                        sizeof *r->gotos);
  r->gotos[r->ngotos++] =
      (PendingGoto){stmt, name, stmt->line, r->c->func->nactive};
}

void wf_resolve_break(Resolver *r, Stmt *stmt) {
  for (Scope *s = r->c->func->scope; s; s = s->up)
    if (s->is_loop)
      return;
  add_pending(r, stmt, NULL);
}

void wf_resolve_goto(Resolver *r, Stmt *stmt, Name *name) {
  Label *l = visible_label(r, name);
  if (l) {
    stmt->target = l;
    l->used = true;
  } else {
    add_pending(r, stmt, name);
  }
}

static NORETURN COLDFN void jump_into_scope(Resolver *r, const PendingGoto *g) {
  const Var *v = r->vars[r->c->func->first_var + g->nactive];
  wf_lexer_error_plain(
      r->lx, "<goto %s> at line %u jumps into the scope of local '%s'",
      wf_context_store(r->c, g->name).bytes, (unsigned)g->line,
      v->name ? wf_context_store(r->c, v->name).bytes : "(for state)");
}

/* Gives the label to the pending gotos of its block that want it. */
static void match_gotos(Resolver *r, Label *l, uint32_t first) {
  uint32_t keep = first;
  for (uint32_t i = first; i < r->ngotos; i++) {
    PendingGoto *g = &r->gotos[i];
    if (g->name != l->name) {
      r->gotos[keep++] = *g;
      continue;
    }
    if (g->nactive < l->nactive)
      jump_into_scope(r, g);
    g->stmt->target = l;
    l->used = true;
  }
  r->ngotos = keep;
}

Label *wf_resolve_label(Resolver *r, Name *name, uint32_t line, bool at_end) {
  Func *f = r->c->func;
  Label *old = visible_label(r, name);
  if (old)
    wf_lexer_error_plain(r->lx, "label '%s' already defined on line %u",
                         wf_context_store(r->c, name).bytes,
                         (unsigned)old->line);
  Label *l = pool_alloc(r->c, sizeof *l);
  *l = (Label){.name = name,
               .shadowed = name->label,
               .next = f->scope->labels,
               .func = f,
               .block = f->scope->block,
               .line = line,
               .nactive = at_end ? f->scope->nactive : f->nactive,
               .at_end = at_end};
  f->scope->labels = name->label = l;
  match_gotos(r, l, f->scope->first_goto);
  return l;
}
