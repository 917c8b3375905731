/* flame.c: trees of stacks. Children are always made after their parent, so a
 * loop from the last node to the first meets children before parents, and
 * nothing here recurses. */
#include "vm/cli/flame.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_NODES = 256, TABLE_ROWS = 30, PATH_MAX_NODES = 4096 };

bool wf_flame_open(FlameTree *t) {
  *t = (FlameTree){calloc(FIRST_NODES, sizeof(FlameNode)), 1, FIRST_NODES};
  return t->nodes != NULL;
}

void wf_flame_close(FlameTree *t) {
  for (uint32_t i = 1; t->nodes && i < t->n; i++)
    free(t->nodes[i].name);
  free(t->nodes);
  *t = (FlameTree){0};
}

uint32_t wf_flame_child(FlameTree *t, uint32_t node, const char *name) {
  for (uint32_t i = t->nodes[node].first_child; i; i = t->nodes[i].next)
    if (strcmp(t->nodes[i].name, name) == 0)
      return i;
  if (t->n == t->capacity) {
    FlameNode *more = realloc(t->nodes, 2 * t->capacity * sizeof *more);
    if (!more)
      return node;
    t->nodes = more;
    t->capacity *= 2;
  }
  char *copy = strdup(name);
  if (!copy)
    return node;
  t->nodes[t->n] = (FlameNode){
      .name = copy, .parent = node, .next = t->nodes[node].first_child};
  t->nodes[node].first_child = t->n;
  return t->n++;
}

void wf_flame_add(FlameTree *t, uint32_t node, uint64_t count) {
  t->nodes[node].self += count;
}

void wf_flame_rename(FlameNode *n, const char *name) {
  char *copy = strdup(name);
  if (copy) {
    free(n->name);
    n->name = copy;
  }
}

uint64_t wf_flame_total(const FlameTree *t) {
  uint64_t sum = 0;
  for (uint32_t i = 0; i < t->n; i++)
    sum += t->nodes[i].self;
  return sum;
}

static void add_totals(FlameTree *t) {
  for (uint32_t i = 0; i < t->n; i++)
    t->nodes[i].total = t->nodes[i].self;
  for (uint32_t i = t->n - 1; i > 0; i--)
    t->nodes[t->nodes[i].parent].total += t->nodes[i].total;
}

/* The nodes from below the root to `node`, oldest first; how many. */
static uint32_t path_to(const FlameTree *t, uint32_t node,
                        uint32_t path[PATH_MAX_NODES]) {
  uint32_t depth = 0;
  for (uint32_t i = node; i && depth < PATH_MAX_NODES; i = t->nodes[i].parent)
    depth++;
  for (uint32_t i = node, at = depth; at > 0; i = t->nodes[i].parent)
    path[--at] = i;
  return depth;
}

/* ---- folded, speedscope -------------------------------------------------- */

void wf_flame_write_folded(FlameTree *t, FILE *out) {
  static uint32_t path[PATH_MAX_NODES];
  for (uint32_t i = 1; i < t->n; i++) {
    if (t->nodes[i].self == 0)
      continue;
    uint32_t depth = path_to(t, i, path);
    for (uint32_t j = 0; j < depth; j++) {
      fputs(j > 0 ? ";" : "", out);
      for (const char *s = t->nodes[path[j]].name; *s; s++)
        fputc(*s == ';' ? ':' : *s, out);
    }
    fprintf(out, " %" PRIu64 "\n", t->nodes[i].self);
  }
}

static void write_json_string(FILE *out, const char *s) {
  fputc('"', out);
  for (; *s; s++) {
    unsigned char c = (unsigned char)*s;
    if (c == '"' || c == '\\')
      fprintf(out, "\\%c", c);
    else if (c < 32 || c > 126) /* source names may have any bytes */
      fprintf(out, "\\u%04x", c);
    else
      fputc(c, out);
  }
  fputc('"', out);
}

void wf_flame_write_speedscope(FlameTree *t, int hz, FILE *out) {
  static uint32_t path[PATH_MAX_NODES];
  const char *comma = "";
  fputs("{\"$schema\": \"https://www.speedscope.app/file-format-schema.json\","
        "\n\"exporter\": \"weft\", \"shared\": {\"frames\": [",
        out);
  for (uint32_t i = 1; i < t->n; i++) { /* frame i - 1 is node i */
    fprintf(out, "%s\n{\"name\": ", i > 1 ? "," : "");
    write_json_string(out, t->nodes[i].name);
    fputc('}', out);
  }
  fprintf(out,
          "]},\n\"profiles\": [{\"type\": \"sampled\", \"name\": \"Lua\", "
          "\"unit\": \"seconds\", \"startValue\": 0, \"endValue\": %g,\n"
          "\"samples\": [",
          (double)wf_flame_total(t) / hz);
  for (uint32_t i = 1; i < t->n; i++) {
    if (t->nodes[i].self == 0)
      continue;
    uint32_t depth = path_to(t, i, path);
    fprintf(out, "%s[", comma);
    for (uint32_t j = 0; j < depth; j++)
      fprintf(out, "%s%" PRIu32, j > 0 ? "," : "", path[j] - 1);
    fputc(']', out);
    comma = ",\n";
  }
  fputs("],\n\"weights\": [", out);
  comma = "";
  for (uint32_t i = 1; i < t->n; i++) {
    if (t->nodes[i].self == 0)
      continue;
    fprintf(out, "%s%g", comma, (double)t->nodes[i].self / hz);
    comma = ",";
  }
  fputs("]}]}\n", out);
}

/* ---- flame graph --------------------------------------------------------- */

enum { SVG_WIDTH = 1200, SVG_ROW = 18, SVG_CHAR = 7 };

static void write_xml(FILE *out, const char *s, size_t n) {
  for (; *s && n > 0; s++, n--) {
    unsigned char c = (unsigned char)*s;
    if (c == '<' || c == '>' || c == '&' || c == '"' || c < 32 || c > 126)
      fprintf(out, "&#%d;", c < 32 ? '?' : c);
    else
      fputc(c, out);
  }
}

static void write_box(FILE *out, const FlameNode *n, double x, double width,
                      double y, double share) {
  uint32_t hue = 0;
  for (const char *s = n->name; *s; s++)
    hue = hue * 31 + (unsigned char)*s;
  fputs("<g><title>", out);
  write_xml(out, n->name, SIZE_MAX);
  fprintf(
      out,
      ": %.1f %%</title><rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" "
      "height=\"%d\" fill=\"hsl(%" PRIu32 ",75%%,%" PRIu32 "%%)\" rx=\"2\"/>",
      100 * share, x, y, width, SVG_ROW - 1, 15 + hue % 40, 62 + hue / 40 % 14);
  size_t room = width > 10 ? (size_t)((width - 6) / SVG_CHAR) : 0;
  if (room >= 3) {
    fprintf(out, "<text x=\"%.1f\" y=\"%.1f\">", x + 3, y + SVG_ROW - 5);
    write_xml(out, n->name, room);
    fputs("</text>", out);
  }
  fputs("</g>\n", out);
}

void wf_flame_write_svg(FlameTree *t, FILE *out) {
  add_totals(t);
  uint64_t all = t->nodes[0].total;
  double *x =
      calloc(t->n, sizeof *x); /* left edge, then that of the next child */
  uint32_t *depth = calloc(t->n, sizeof *depth);
  uint32_t deepest = 0;
  for (uint32_t i = 1; depth && i < t->n; i++) {
    depth[i] = depth[t->nodes[i].parent] + 1;
    deepest = depth[i] > deepest ? depth[i] : deepest;
  }
  double height = (deepest + 2) * SVG_ROW;
  fprintf(out,
          "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %.0f\" "
          "font-family=\"monospace\" font-size=\"11.5\">\n"
          "<rect width=\"%d\" height=\"%.0f\" fill=\"#fff\"/>\n"
          "<text x=\"3\" y=\"13\">%" PRIu64 " samples</text>\n",
          SVG_WIDTH, height, SVG_WIDTH, height, all);
  for (uint32_t i = 1; x && depth && all > 0 && i < t->n; i++) {
    const FlameNode *n = &t->nodes[i];
    double share = (double)n->total / (double)all;
    x[i] = x[n->parent];
    x[n->parent] += share * SVG_WIDTH;
    if (share * SVG_WIDTH >= 0.5)
      write_box(out, n, x[i], share * SVG_WIDTH - 0.5,
                height - depth[i] * SVG_ROW, share);
  }
  fputs("</svg>\n", out);
  free(x);
  free(depth);
}

/* ---- table --------------------------------------------------------------- */

typedef struct Row {
  const char *name;
  uint64_t self, total;
} Row;

static int by_self(const void *x, const void *y) {
  const Row *a = x, *b = y;
  if (a->self != b->self)
    return a->self < b->self ? 1 : -1;
  return (a->total < b->total) - (a->total > b->total);
}

/* Whether an ancestor of node i has its name: it is counted there. */
static bool is_recursive(const FlameTree *t, uint32_t i) {
  for (uint32_t p = t->nodes[i].parent; p; p = t->nodes[p].parent)
    if (strcmp(t->nodes[p].name, t->nodes[i].name) == 0)
      return true;
  return false;
}

static uint32_t collect_rows(const FlameTree *t, Row *rows) {
  uint32_t n = 0;
  for (uint32_t i = 1; i < t->n; i++) {
    uint32_t r = 0;
    while (r < n && strcmp(rows[r].name, t->nodes[i].name) != 0)
      r++;
    if (r == n)
      rows[n++] = (Row){t->nodes[i].name, 0, 0};
    rows[r].self += t->nodes[i].self;
    rows[r].total += is_recursive(t, i) ? 0 : t->nodes[i].total;
  }
  return n;
}

void wf_flame_write_table(FlameTree *t, const char *title, FILE *out) {
  add_totals(t);
  double all = (double)t->nodes[0].total / 100;
  Row *rows = calloc(t->n, sizeof *rows);
  if (!rows || all <= 0) {
    free(rows);
    return;
  }
  uint32_t n = collect_rows(t, rows);
  qsort(rows, n, sizeof *rows, by_self);
  fprintf(out, "\n   self   total  %s\n", title);
  for (uint32_t i = 0; i < n && i < TABLE_ROWS; i++)
    fprintf(out, "%5.1f %% %5.1f %%  %s\n", (double)rows[i].self / all,
            (double)rows[i].total / all, rows[i].name);
  free(rows);
}
