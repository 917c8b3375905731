"""page.py: the lab's report: one HTML file with SVG pictures, no other files."""

import html
import statistics

from lab_parts import counters

COLOURS = ("#4269d0", "#efb118", "#ff725c", "#6cc5b0", "#a463f2", "#3ca951",
           "#9c6b4e", "#97bbf5")
STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2em auto; max-width: 80em;
       padding: 0 1em; color: #222; background: #fff }
table { border-collapse: collapse; font-variant-numeric: tabular-nums }
td, th { padding: .15em .7em; text-align: right; border-bottom: 1px solid #ddd }
td:first-child, th:first-child { text-align: left; white-space: nowrap }
.text td, .text th { text-align: left; vertical-align: top }
svg { display: block; margin: 1em 0; max-width: 100%; height: auto }
svg text { font: 12px system-ui, sans-serif; fill: #222 }
.none { color: #888 } .bad { color: #b00020; font-weight: 600 }
.wide { overflow-x: auto } h2 { margin-top: 2em }
"""


def escape(value):
    return html.escape(str(value))


def table(head, rows, style=""):
    lines = [f"<div class='wide {style}'><table>"]
    if any(head):
        lines.append("<tr>" + "".join(f"<th>{escape(h)}</th>" for h in head)
                     + "</tr>")
    for row in rows:
        lines.append("<tr>" + "".join(
            f"<td{' class=none' if c == 'no difference' else ''}>{escape(c)}"
            "</td>" for c in row) + "</tr>")
    return "\n".join(lines + ["</table></div>"])


# --- Pictures -------------------------------------------------------------------


def bars(groups, series, value, noise):
    """Bars with error bars. groups, series: names; value(group, series) gives
    ratio, low, high; noise(group): half width of the gray band around 1."""
    left, top, row, gap, right = 170, 30, 13, 12, 60
    width, height = 620, top + sum(
        len(series) * row + gap for _ in groups) + 10
    high = max(value(g, s)[2] for g in groups for s in series)
    high = min(max(1.3, high * 1.05), 6)

    def x(v):
        return left + min(v, high) / high * width

    out = [f'<svg viewBox="0 0 {left + width + right} {height}" '
           f'width="{left + width + right}" role="img" '
           'aria-label="Time of each variant over the base\'s, by program">']
    step = 0.25 if high < 2.5 else 0.5 if high < 4 else 1
    for i in range(int(high / step) + 1):
        at = x(i * step)
        line = "#222" if i * step == 1 else "#ddd"
        out.append(f'<line x1="{at:.1f}" x2="{at:.1f}" y1="{top - 6}" '
                   f'y2="{height - 8}" stroke="{line}"/>'
                   f'<text x="{at:.1f}" y="{top - 12}" text-anchor="middle">'
                   f'{i * step:g}</text>')
    y = top
    for group in groups:
        tall = len(series) * row
        band = noise(group)
        out.append(f'<text x="{left - 8}" y="{y + tall / 2 + 4:.1f}" '
                   f'text-anchor="end">{escape(group)}</text>')
        out.append(f'<rect x="{x(1 - band):.1f}" y="{y}" height="{tall}" '
                   f'width="{x(1 + band) - x(1 - band):.1f}" fill="#bbb" '
                   'opacity=".5"/>')
        for n, name in enumerate(series):
            ratio, low, top_end = value(group, name)
            middle = y + row / 2
            out.append(
                f'<rect x="{left}" y="{y + 1}" width="{x(ratio) - left:.1f}" '
                f'height="{row - 3}" fill="{COLOURS[n % len(COLOURS)]}">'
                f'<title>{escape(group)}, {escape(name)}: {ratio:.3f} '
                f'[{low:.3f} {top_end:.3f}]</title></rect>'
                f'<path d="M{x(low):.1f} {middle}H{x(top_end):.1f}'
                f'M{x(low):.1f} {middle - 3}v6M{x(top_end):.1f} {middle - 3}v6" '
                'stroke="#222" fill="none"/>')
            y += row
        y += gap
    out.append("</svg>")
    legend = " ".join(
        f'<span style="color:{COLOURS[n % len(COLOURS)]}">&#9632;</span> '
        f"{escape(name)} " for n, name in enumerate(series))
    return f"<p>{legend}</p>" + "\n".join(out)


def shade(ratio):
    """Blue below 1, red above, white at 1; full at a factor of 1.6."""
    strength = min(abs(ratio - 1) / 0.6 if ratio > 1
                   else (1 / ratio - 1) / 0.6, 1)
    full = (66, 105, 208) if ratio < 1 else (214, 73, 51)
    return "rgb({},{},{})".format(
        *(round(255 + (c - 255) * strength) for c in full))


def heat_map(groups, series, value, reading):
    left, wide, high = 170, 74, 22
    longest = max(map(len, series))  # 7 wide a letter, at 35 degrees
    top = 24 + 4 * longest
    right = left + wide * len(series) + max(40, 6 * longest - wide // 2)
    out = [f'<svg viewBox="0 0 {right} {top + high * len(groups) + 6}" '
           f'width="{right}" role="img" '
           'aria-label="Heat map of ratios, program by variant">']
    for n, name in enumerate(series):
        at = left + wide * n + wide / 2
        out.append(f'<text transform="translate({at:.1f} {top - 8}) '
                   f'rotate(-35)">{escape(name)}</text>')
    for i, group in enumerate(groups):
        y = top + high * i
        out.append(f'<text x="{left - 8}" y="{y + 15}" text-anchor="end">'
                   f'{escape(group)}</text>')
        for n, name in enumerate(series):
            ratio = value(group, name)[0]
            same = reading(group, name) == "no difference"
            dark = not same and not 0.75 < ratio < 1.35
            out.append(
                f'<rect x="{left + wide * n}" y="{y}" width="{wide - 2}" '
                f'height="{high - 2}" fill="{"#eee" if same else shade(ratio)}">'
                f'<title>{escape(group)}, {escape(name)}: '
                f'{escape(reading(group, name))}</title></rect>'
                f'<text x="{left + wide * n + wide / 2 - 1}" y="{y + 15}" '
                f'text-anchor="middle"'
                f'{" style=fill:#fff" if dark else ""}>'
                f'{"=" if same else f"{ratio:.2f}"}</text>')
    return "\n".join(out + ["</svg>"])


# --- Sections -------------------------------------------------------------------


def speed_section(result):
    compared = result["comparisons"]
    base = result["base"]
    series = list(compared)
    programs = list(result["aa"]["programs"])
    mean = "geometric mean"
    groups = programs + [mean]

    def value(group, name):
        one = compared[name]
        return one["geomean"] if group == mean else one["programs"][group]

    def noise(group):
        aa = result["aa"]
        _, low, high = aa["geomean"] if group == mean else aa["programs"][group]
        return max(1 - low, high - 1)

    def reading(group, name):
        return result["readings"][name][group]

    def milliseconds(group):
        if group == mean:
            return ""
        times = [t for one in result["seconds"][base][group] for t in one]
        return f"{1000 * statistics.median(times):.1f}"

    rows = [[g, milliseconds(g), f"±{100 * noise(g):.1f} %"]
            + [reading(g, s) for s in series] for g in groups]
    ratio, low, high = result["aa"]["geomean"]
    text = [f"<h2>Speed</h2><p>Time divided by the time of "
            f"<b>{escape(base)}</b>: below 1 is faster. In brackets the 95 % "
            "interval, bootstrapped over layouts and runs. The same program "
            f"twice (A/A) gave {ratio:.4f} [{low:.4f} {high:.4f}]; differences "
            "within that noise read “no difference”.</p>",
            table(["program", "base, ms", "noise (A/A)"] + series, rows)]
    if series:
        text += ["<h3>Ratios with their intervals</h3><p>The gray band is the "
                 "noise floor of the program.</p>",
                 bars(groups, series, value, noise),
                 "<h3>Program by variant</h3><p>Blue: faster than the base; "
                 "red: slower; gray, =: no difference.</p>",
                 heat_map(groups, series, value, reading)]
    return "\n".join(text)


def audit_section(audits):
    def named(counts):
        if not counts:
            return "0"
        most = sorted(counts, key=lambda n: -counts[n])[:3]
        return f"{len(counts)} ({', '.join(most)})"

    rows = [[name, a["handlers"], a["with_own_jump"], a["indirect_jumps"],
             f"{a['median_size']:g}", a["total_size"], named(a["calls"]),
             named(a["stack"]), len(a["copied"]), len(a["merged"]),
             len(a["shared"])]
            for name, a in audits.items()]
    text = ["<h2>Machine code of the handlers</h2><p>Hot parts only. Direct, "
            "token and tail dispatch need a jump in every handler that does "
            "more than call a slow path.</p>",
            table(["variant", "handlers", "own jump", "jumps", "median bytes",
                   "bytes", "handlers with calls", "with stack accesses",
                   "copied", "merged", "shared jumps"], rows, "text")]
    for name, a in audits.items():
        if a.get("complaint"):
            text.append(f"<p class=bad>{escape(name)}: "
                        f"{escape(a['complaint'])}</p>")
    return "\n".join(text)


def dispatch_section(counts):
    names = list(counts)
    base, other = names[0], names[-1]
    rows = []
    for program, a in counts[base].items():
        b = counts[other][program]
        rows.append([program, f"{a['executed']:,}", f"{b['executed']:,}",
                     f"{b['executed'] / a['executed']:.2f}",
                     f"{b['bytes_fetched'] / a['bytes_fetched']:.2f}"])
    return ("<h2>Stack against register code</h2><p>Instructions executed, "
            "and bytes of linked code fetched.</p>"
            + table(["program", base, other, "instructions, ratio",
                     "bytes, ratio"], rows))


def counters_section(found):
    head, *rows = counters.table(found)
    per, *per_rows = counters.table_per_executed(found)
    note = (f"Hardware counters: {escape(found['why'])}. " if found["why"]
            else "")
    return (f"<h2>Counters</h2><p>{note}Counted by {escape(found['how'])}; of "
            "the first variant the count, of the others the ratio to it.</p>"
            + table(["program"] + head[1:], rows)
            + "<p>The same for each linked instruction that the program "
            "executes (what starting and compiling takes included):</p>"
            + table(["program"] + per[1:], per_rows))


def context_section(facts):
    plain = [[k, v] for k, v in facts.items() if k != "builds"]
    text = ["<h2>Context</h2>", table(["", ""], plain, "text")]
    for name, info in facts["builds"].items():
        text.append(f"<h3>{escape(name)}</h3>"
                    + table(["", ""], list(info.items()), "text"))
    return "\n".join(text)


def render(result):
    facts = result["context"]
    parts = [f"<p>{escape(facts['cpu'])}, {escape(facts['date'])}, commit "
             f"{escape(facts['commit'][:12])}, seed {facts['seed']}, "
             f"rounds: {facts['rounds']}, layouts of each variant: "
             f"{facts['layouts']}</p>"]
    parts += [f"<p class=bad>{escape(text)}</p>"
              for text in result["failures"]]
    if "comparisons" in result:
        parts.append(speed_section(result))
    if "dispatches" in result:
        parts.append(dispatch_section(result["dispatches"]))
    if "counters" in result:
        parts.append(counters_section(result["counters"]))
    parts += [audit_section(result["audits"]), context_section(facts)]
    return ("<!doctype html>\n<html lang=en><meta charset=utf-8>"
            "<meta name=viewport content='width=device-width'>"
            f"<title>weft: dispatch lab</title><style>{STYLE}</style>"
            "<h1>weft: dispatch lab</h1>\n" + "\n".join(parts) + "</html>\n")
