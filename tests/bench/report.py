"""Figures to a table, CSV and SVG."""

import csv
import html
import math
import statistics


class Result:
    """One operation: times, CPU seconds and peak memory of each server, or why there is none."""

    def __init__(self, name, goal, n):
        self.name, self.goal, self.n = name, goal, n
        self.times, self.cpu, self.memory, self.answer, self.missing = ([], []), [None, None], [None, None], [0, 0], [None, None]
        self.note = ""

    def median(self, i):
        return statistics.median(self.times[i]) if self.times[i] else None

    def ratio(self):
        return self.median(0) / self.median(1) if all(self.times) else None

    def spread(self):
        """The middle half of all pairs; (least, most) when there are few."""
        pairs = sorted(a / b for a in self.times[0] for b in self.times[1])
        q = len(pairs) // 4
        return pairs[q], pairs[-1 - q]

    def met(self):
        return None if self.goal is None else self.ratio() is not None and self.ratio() >= self.goal


def seconds(t):
    if t is None:
        return "-"
    return f"{t:.2f} s" if t >= 1 else f"{t * 1e3:.1f} ms" if t >= 1e-2 else f"{t * 1e3:.2f} ms"


def number(v, form="{:.1f}"):
    return "-" if v is None else form.format(v)


HEAD = f"{'operation':34} {'dovecot':>10} {'remuch':>10} {'ratio':>8} {'middle half':>14} {'goal':>5}      {'CPU s':>13} {'PSS MB':>13}"


def row(r):
    if r.missing != [None, None]:
        why = "; ".join(f"{n}: {m}" for n, m in zip(("dovecot", "remuch"), r.missing) if m)
        return f"{r.name[:34]:34} {seconds(r.median(0)):>10} {seconds(r.median(1)):>10}   not there ({why[:90]})"
    lo, hi = r.spread()
    mark = {None: "  ", True: "  ", False: "< "}[r.met()]
    return (f"{r.name[:34]:34} {seconds(r.median(0)):>10} {seconds(r.median(1)):>10} {r.ratio():8.2f} {f'{lo:.2f}-{hi:.2f}':>14} "
            f"{number(r.goal, '{:g}'):>5} {mark}  {number(r.cpu[0], '{:.2f}'):>6} {number(r.cpu[1], '{:.2f}'):>6} "
            f"{number(r.memory[0]):>6} {number(r.memory[1]):>6}  {r.note}")


def write_csv(path, results):
    with open(path, "w", newline="") as f:
        w = csv.writer(f)
        w.writerow(["messages", "operation", "goal", "ratio", "ratio_low", "ratio_high", "times", "dovecot_s", "remuch_s", "dovecot_cpu_s",
                    "remuch_cpu_s", "dovecot_pss_mb", "remuch_pss_mb", "dovecot_octets", "remuch_octets", "note"])
        for r in results:
            pair = r.spread() if r.ratio() else (None, None)
            w.writerow([r.n, r.name, r.goal, r.ratio(), *pair, min(map(len, r.times)), r.median(0), r.median(1), *r.cpu, *r.memory, *r.answer,
                        r.note or "; ".join(m for m in r.missing if m)])


class Drawing:
    def __init__(self, width, height):
        self.size, self.parts = (width, height), []

    def line(self, x1, y1, x2, y2, color="#bbb", width=1):
        self.parts.append(f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{color}" stroke-width="{width}"/>')

    def box(self, x, y, w, h, color):
        self.parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(w, 0.5):.1f}" height="{h:.1f}" fill="{color}"/>')

    def text(self, x, y, s, anchor="start"):
        self.parts.append(f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(s)}</text>')

    def write(self, path):
        w, h = self.size
        with open(path, "w") as f:
            f.write(f'<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}" font-family="sans-serif" font-size="11">'
                    f'<rect width="{w}" height="{h}" fill="white"/>' + "\n".join(self.parts) + "</svg>\n")


def log10(v):
    return math.log10(max(v, 1e-9))


def draw_ratios(path, results):
    """A bar an operation, logarithmic; to the right of 1 remuch is faster; a mark where the goal is."""
    rows = [r for r in results if r.ratio()]
    d = Drawing(860, 50 + 18 * len(rows))

    def x(v):
        return 300 + (min(max(log10(v), -1), 3) + 1) * 120
    for v in (0.1, 1, 10, 100, 1000):
        d.line(x(v), 30, x(v), 40 + 18 * len(rows), "#333" if v == 1 else "#ccc")
        d.text(x(v), 24, f"{v:g}", "middle")
    d.text(8, 24, "Dovecot's time / remuch's time")
    for i, r in enumerate(rows):
        y, v = 36 + 18 * i, r.ratio()
        d.text(8, y + 10, r.name)
        d.box(min(x(1), x(v)), y, abs(x(v) - x(1)), 12, "#4a7" if v >= (r.goal or 1) else "#c64")
        if r.goal:
            d.line(x(r.goal), y - 2, x(r.goal), y + 14, "#000", 2)
        d.text(792, y + 10, f"{v:.2f}")
    d.write(path)


def draw_growth(path, series):
    """series: {operation: {messages: Result}}: a small diagram each, both axes logarithmic."""
    d = Drawing(820, 40 + 190 * ((len(series) + 2) // 3))
    for k, (name, by_n) in enumerate(series.items()):
        left, top = 30 + 265 * (k % 3), 40 + 190 * (k // 3)
        points = [(n, i, r.median(i)) for n, r in by_n.items() for i in (0, 1) if r.median(i)]
        d.text(left, top - 6, name)
        d.line(left, top + 140, left + 220, top + 140, "#333")
        if not points:
            continue
        ns, ts = [log10(p[0]) for p in points], [log10(p[2]) for p in points]
        nspan, tspan = max(ns) - min(ns) or 1, max(ts) - min(ts) or 1
        for i, color in ((0, "#c64"), (1, "#286")):
            at = sorted((left + 10 + 190 * (log10(n) - min(ns)) / nspan, top + 130 - 115 * (log10(t) - min(ts)) / tspan, n, t)
                        for n, j, t in points if j == i)
            for a, b in zip(at, at[1:]):
                d.line(a[0], a[1], b[0], b[1], color, 2)
            for px, py, n, t in at:
                d.box(px - 2, py - 2, 4, 4, color)
                d.text(px, py - 5, seconds(t), "middle")
                d.text(px, top + 153, f"{n:,}", "middle")
    d.text(30, 16, "Time by number of messages: Dovecot in red, remuch in green")
    d.write(path)
