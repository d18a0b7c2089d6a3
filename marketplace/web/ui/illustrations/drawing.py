#!/usr/bin/env python3
"""Deterministic SVG illustrations for Twiza: draw(category, seed) -> str, each under 6 KB.

They are plainly drawings (cut-paper shapes in the dye-pot palette inside an arch), never
pretending to be photographs of goods. `python illustrate.py` writes img/ and contact.svg.
"""
from __future__ import annotations
import math, random, sys
from pathlib import Path

# bg, arch, floor  (pairs of one dye, light)      and deep grounds
GROUNDS = [("#f3e2c9", "#ead0a8", "#dcb98a"), ("#dde5f2", "#c4d1ea", "#a9bbdc"), ("#f5dcd1", "#ecc2b0", "#dda68f"),
           ("#e1eadb", "#c7d8bb", "#a9c19a"), ("#fae7b6", "#f4d27f", "#e5b954"), ("#e6e0ee", "#d0c5e0", "#b5a6cc"),
           ("#2f3d80", "#3f4f9b", "#25316b"), ("#a5432f", "#ba5b44", "#893423"), ("#24665f", "#317a71", "#1b524c")]
INK, CREAM, MADDER, SAFFRON, INDIGO, OLIVE, WALNUT, ROSE, TEAL = (
    "#3a2a22", "#fff6e4", "#b24530", "#eaa72c", "#2f3d80", "#6f7d3c", "#6b4530", "#d4748a", "#24665f")
n = lambda v: f"{v:.1f}".rstrip("0").rstrip(".") if isinstance(v, float) else str(v)
def P(d, f, x=""): return f'<path d="{d}" fill="{f}"{" " + x if x else ""}/>'
def L(d, s, w=4, x=""): return f'<path d="{d}" fill="none" stroke="{s}" stroke-width="{n(w)}"' + ("" if "linecap" in x else ' stroke-linecap="round"') + f' stroke-linejoin="round"{" " + x if x else ""}/>'
def C(x, y, r, f, e=""): return f'<circle cx="{n(x)}" cy="{n(y)}" r="{n(r)}" fill="{f}"{" " + e if e else ""}/>'
def E(x, y, a, b, f, t=0, e=""): return f'<ellipse cx="{n(x)}" cy="{n(y)}" rx="{n(a)}" ry="{n(b)}" fill="{f}"' + (f' transform="rotate({n(t)} {n(x)} {n(y)})"' if t else "") + f'{" " + e if e else ""}/>'
def R(x, y, w, h, f, r=0, e=""): return f'<rect x="{n(x)}" y="{n(y)}" width="{n(w)}" height="{n(h)}"' + (f' rx="{n(r)}"' if r else "") + f' fill="{f}"{" " + e if e else ""}/>'
def G(body, t): return f'<g transform="{t}">{body}</g>'
def star(cx, cy, r, f, k=8, q=.76, rot=0.0, e=""):
    pts = [(cx + (r if i % 2 == 0 else r * q) * math.cos(math.pi * i / k + rot), cy + (r if i % 2 == 0 else r * q) * math.sin(math.pi * i / k + rot)) for i in range(2 * k)]
    return P("M" + "L".join(f"{n(x)} {n(y)}" for x, y in pts) + "z", f, e)
def leaf(x, y, l, w, f, t, vein=None):
    b = P(f"M0 0C{n(w)} {n(-l*.3)} {n(w*.8)} {n(-l*.8)} 0 {n(-l)}C{n(-w*.8)} {n(-l*.8)} {n(-w)} {n(-l*.3)} 0 0z", f)
    if vein: b += L(f"M0 -4V{n(-l*.8)}", vein, 2)
    return G(b, f"translate({n(x)} {n(y)})rotate({n(t)})")
def shade(shape, idn="s", x=200):  # right half darker, a light edge on the left
    return (f'<clipPath id="{idn}"><path d="{shape}"/></clipPath><g clip-path="url(#{idn})">'
            f'<path d="M{x} 0H400V400H{x}z" fill="#000" opacity=".12"/></g>')
def band(kind, x, y, w, h, f, g):  # one woven band
    s = ""
    if kind == 0:   # lozenges
        k = max(3, round(w / h / 1.1)); u = w / k
        s = "".join(f"M{n(x+u*i)} {n(y+h/2)}l{n(u/2)} {n(-h/2)} {n(u/2)} {n(h/2)} {n(-u/2)} {n(h/2)}z" for i in range(k))
        return P(s, f) + P("".join(f"M{n(x+u*i+u*.28)} {n(y+h/2)}l{n(u*.22)} {n(-h*.22)} {n(u*.22)} {n(h*.22)} {n(-u*.22)} {n(h*.22)}z" for i in range(k)), g)
    if kind == 1:   # zigzag
        k = max(4, round(w / h)); u = w / k
        return L(f"M{n(x)} {n(y+h*.8)}" + "".join(f"l{n(u/2)} {n(-h*.6)} {n(u/2)} {n(h*.6)}" for _ in range(k)), f, h * .22, 'stroke-linecap="butt"')
    if kind == 2:   # triangles
        k = max(4, round(w / h)); u = w / k
        return P("".join(f"M{n(x+u*i)} {n(y+h)}l{n(u/2)} {n(-h)} {n(u/2)} {n(h)}z" for i in range(k)), f)
    if kind == 3:   # stripes
        return R(x, y + h * .15, w, h * .22, f) + R(x, y + h * .6, w, h * .22, g)
    k = max(4, round(w / h * .8)); u = w / k   # crosses
    return L("".join(f"M{n(x+u*(i+.5))} {n(y+h*.2)}v{n(h*.6)}m{n(-h*.3)} {n(-h*.3)}h{n(h*.6)}" for i in range(k)), f, h * .16, 'stroke-linecap="butt"')

def scene(r, gi):
    bg, arch, floor = GROUNDS[gi]
    k = r.randrange(4)
    a = ["M88 400V196a112 112 0 0 1 224 0V400z", "M84 400V214C84 128 160 104 200 52C240 104 316 128 316 214V400z",
         "M100 400V262C66 226 66 128 122 92A112 112 0 0 1 278 92C334 128 334 226 300 262V400z", "M62 196a138 138 0 1 0 276 0a138 138 0 1 0-276 0z"][k]
    return R(0, 0, 400, 400, bg) + P(a, arch) + P("M0 322H400V400H0z", floor)
def shadow(w=110, y=334): return E(200, y, w, 13, "#000", 0, 'opacity=".16"')

def honey(r, g):
    b = "M140 178q0-20 20-22h80q20 2 20 22v128q0 24-24 24h-72q-24 0-24-24z"
    col, dk = r.choice([("#e9a02a", "#c97a14"), ("#c9701c", "#9c4f10"), ("#f0bd4a", "#d9962a")])
    hexa = lambda x, y, s, f: P(f"M{n(x+s)} {n(y)}l{n(-s/2)} {n(s*.866)}h{n(-s)}l{n(-s/2)} {n(-s*.866)} {n(s/2)} {n(-s*.866)}h{n(s)}z", f)
    comb = "".join(hexa(x, y, 17, f) for x, y, f in [(306, 306, SAFFRON), (336, 289, "#f4c451"), (336, 323, "#d98a1c"), (306, 272, "#f4c451"), (276, 323, "#c97a14"), (366, 306, SAFFRON)])
    s = comb + P(b, col) + P("M140 214q30-16 60 0t60 0v92q0 24-24 24h-72q-24 0-24-24z", dk, 'opacity=".55"') + shade(b)
    s += R(146, 128, 108, 34, WALNUT if g > 5 else MADDER, 8) + R(150, 150, 100, 10, "#000", 0, 'opacity=".15"')
    s += R(158, 212, 84, 72, CREAM, 8) + hexa(200, 240, 17, col) + hexa(200, 240, 9, CREAM) + R(174, 266, 52, 5, WALNUT, 2) + R(152, 176, 8, 26, "#fff", 4, 'opacity=".5"')
    return shadow(90) + s
def oil(r, g):
    b = "M158 196q0-30 24-44v-56h36v56q24 14 24 44v112q0 22-22 22h-40q-22 0-22-22z"
    col = r.choice(["#8c8f2e", "#5f6d2c", "#c58a22"])
    s = P(b, col) + P("M158 224h84v84q0 22-22 22h-40q-22 0-22-22z", "#000", 'opacity=".12"') + shade(b) + R(178, 74, 44, 28, WALNUT, 6)
    s += R(158, 218, 84, 78, CREAM) + star(200, 248, 22, r.choice([INDIGO, MADDER, TEAL])) + star(200, 248, 11, CREAM, 8, .7) + R(176, 280, 48, 5, WALNUT, 2) + R(167, 186, 7, 26, "#fff", 3, 'opacity=".45"')
    s += leaf(262, 326, 70, 16, OLIVE, 38, "#8f9c57") + leaf(266, 328, 64, 14, "#8a9850", 72) + E(282, 320, 13, 17, "#4c5527", 20) + E(130, 320, 12, 16, "#4c5527", -24)
    return shadow(84) + s
def olive(r, g):
    st = "#5c4630" if g < 6 else "#d8c19a"; s = L("M84 330Q190 270 236 176T330 70", st, 6)
    pts = [(112, 314), (150, 288), (184, 252), (212, 214), (238, 172), (262, 136), (292, 102)]
    for i, (x, y) in enumerate(pts):
        s += leaf(x, y, r.randint(74, 96), 17, r.choice(["#7d8b46", "#94a25c", "#66743a"]), r.randint(-42, -18), "#b6c07f")
        s += leaf(x, y, r.randint(70, 92), 16, r.choice(["#7d8b46", "#94a25c", "#5b6833"]), r.randint(88, 116), "#b6c07f")
    for x, y in r.sample([(176, 288), (214, 254), (142, 268), (250, 200), (196, 206), (276, 158)], 5):
        f = r.choice(["#4b2f4a", "#5d6b2a", "#3d3a24"]); s += E(x, y, 17, 22, f, 24) + E(x - 5, y - 8, 4, 6, "#fff", 24, 'opacity=".4"')
    return s
def argan(r, g):
    s = ""
    for x, y, t in [(150, 292, -18), (204, 302, 12), (256, 290, 34), (178, 254, 40), (230, 250, -30)]:
        s += G(P("M0-38C26-30 30 14 0 38C-30 14-26-30 0-38z", r.choice(["#a8703a", "#8d5a2c", "#bd8448"])) + L("M-7-24Q-14 0-6 24M8-22Q14 0 8 22", "#6b4220", 2.5), f"translate({x} {y})rotate({t})")
    d = "M200 70C236 122 250 148 250 172a50 50 0 0 1-100 0C150 148 164 122 200 70z"
    s += P(d, "#e7a93a") + shade(d) + P("M170 170q-2 24 18 34", "none", 'stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".6"')
    return shadow(120) + s + leaf(296, 306, 66, 20, OLIVE, 50, "#a5b06a") + leaf(108, 306, 60, 18, "#8a9850", -54, "#a5b06a")
def saffron(r, g):
    s = ""
    for cx, cy, k in [(200, 196, 1.0), (116, 262, .62), (288, 256, .66)][: r.choice([3, 3, 2])]:
        pet = "".join(leaf(0, 0, 122, 42, c, t, v) for t, c, v in [(-62, "#8a6ab0", "#a88bcb"), (62, "#8a6ab0", "#a88bcb"), (-32, "#a084c4", "#bca5da"), (32, "#a084c4", "#bca5da"), (0, "#b8a0d6", "#9a7fc0")])
        stg = L("M0 -6Q-26-60-34-106M0-6Q0-60 2-116M0-6Q28-58 40-100", "#d2401f", 7) + L("M-4-6Q-14-50-14-78", SAFFRON, 5)
        s += L(f"M{cx} {cy}Q{cx-6} {cy+70} {(cx+200)//2} 330", "#7b9160", 7 * k + 1) + G(pet + stg, f"translate({cx} {cy+30*k:.0f})scale({k})")
    return shadow(80) + s + leaf(188, 330, 120, 8, "#6d8450", -24) + leaf(214, 330, 130, 8, "#7b9160", 22)
def dates(r, g):
    s = ""; cols = r.choice([["#6b3a1e", "#7f4722", "#57301a"], ["#a5622a", "#8c4f20", "#b87836"]])
    for j, row in enumerate([5, 4, 3, 2, 1]):
        for i in range(row):
            x = 200 + (i - (row - 1) / 2) * 42 + r.randint(-4, 4); y = 252 - j * 30; t = r.randint(-40, 40)
            s += E(x, y, 17, 29, cols[(i + j) % 3], t + 60) + E(x - 6, y - 8, 3, 9, "#fff", t + 60, 'opacity=".32"')
    b = "M82 254H318Q312 326 240 330H160Q88 326 82 254z"; c1 = r.choice([INDIGO, TEAL, MADDER]) if g < 6 else CREAM; c2 = CREAM if g < 6 else MADDER
    return shadow(110) + s + P(b, c1) + f'<clipPath id="b"><path d="{b}"/></clipPath><g clip-path="url(#b)">' + band(r.randrange(3), 76, 270, 248, 30, c2, c1) + "</g>" + shade(b)
def couscous(r, g):
    s = P("M96 246Q116 134 200 128Q284 134 304 246z", "#ecc56a")
    for _ in range(46):
        a = r.random() * math.pi; q = r.random() ** .5; s += C(200 + 92 * q * math.cos(a), 242 - 100 * q * math.sin(a), 4, r.choice(["#f8de96", "#d9a845", "#fbeab8"]))
    s += "".join(leaf(200, 150, 34, 9, OLIVE, t) for t in (-50, 0, 50))
    b = "M74 240H326Q318 326 236 332H164Q82 326 74 240z"; c = CREAM if g > 5 else r.choice([MADDER, INDIGO])
    c2 = MADDER if c == CREAM else CREAM
    return shadow(110) + s + P(b, c) + f'<clipPath id="b"><path d="{b}"/></clipPath><g clip-path="url(#b)">' + band(r.choice([0, 2]), 70, 256, 260, 34, c2, SAFFRON) + "</g>" + shade(b)
def pouf(r, g):
    col = r.choice(["#b5713a", "#8c4a2a", "#c9924f", "#9e3c2c"]); b = "M70 250C70 206 120 186 200 186S330 206 330 250 296 332 200 332 70 294 70 250z"
    s = P(b, col) + shade(b)
    s += "".join(L(f"M{200+int(122*math.cos(t))} {226+int(30*math.sin(t))}Q{200+int(150*math.cos(t))} {286+int(20*math.sin(t))} {200+int(96*math.cos(t))} {324+int(6*math.sin(t))}", "#fff", 2, 'opacity=".45" stroke-dasharray="5 7"') for t in [i * math.pi / 5 + .3 for i in range(5)])
    s += E(200, 222, 124, 36, "#fff", 0, 'opacity=".14"')
    s += G(star(0, 0, 112, CREAM, 8, .6) + star(0, 0, 84, col, 8, .6) + star(0, 0, 52, SAFFRON, 8, .6) + C(0, 0, 20, col), "translate(200 222)scale(1 .3)")
    return shadow(128) + s
def fibula(r, g):
    m, d = ("#c9ced6", "#8d949f"); acc = r.choice([MADDER, TEAL, INDIGO, SAFFRON])
    tri = "M200 150L286 300Q200 330 114 300z"
    s = f'<circle cx="200" cy="106" r="38" fill="none" stroke="{m}" stroke-width="13"/>' + L("M200 60V350", d, 7) + C(200, 60, 9, m) + P(tri, m) + shade(tri) + P("M200 184L256 284Q200 302 144 284z", d, 'opacity=".6"')
    s += C(200, 258, 22, acc) + C(193, 250, 6, "#fff", 'opacity=".5"') + "".join(C(x, y, 6, acc) for x, y in [(200, 206), (162, 280), (238, 280)])
    s += "".join(L(f"M{x} {y}v22", d, 3) + C(x, y + 30, 9, m) + C(x, y + 30, 3.5, acc) for x, y in [(132, 306), (166, 314), (234, 314), (268, 306)])
    return s + L("M118 296Q200 326 282 296", "#fff", 3, 'stroke-dasharray="1 9"')
def rose(r, g):
    pal = r.choice([("#c4516d", "#d9718a", "#e894a6", "#f4bfc9"), ("#b23a56", "#cc5b74", "#df8397", "#efb0bd")])
    s = L("M200 230Q196 290 208 350", "#6d8450", 8) + leaf(204, 320, 86, 26, OLIVE, 62, "#a5b06a") + leaf(202, 300, 80, 24, "#8a9850", -66, "#a5b06a")
    for ring, (rad, k, sz) in enumerate([(68, 8, 46), (46, 7, 40), (26, 5, 32)]):
        for i in range(k):
            a = 2 * math.pi * i / k + ring * .5; s += E(200 + rad * math.cos(a), 168 + rad * math.sin(a), sz, sz * .8, pal[ring], math.degrees(a) + 90) if i % 2 else E(200 + rad * math.cos(a), 168 + rad * math.sin(a), sz, sz * .8, pal[ring], math.degrees(a) + 90, 'opacity=".86"')
    return s + C(200, 168, 24, pal[3]) + L("M186 168q4-16 18-12t10 18-20 12", pal[0], 4)
def basket(r, g):
    c1, c2 = r.choice([("#d9a95a", "#b98537"), ("#c99347", "#a06c2a")]); ac = r.choice([MADDER, INDIGO, TEAL])
    b = "M92 196H308L286 316Q284 332 266 332H134Q116 332 114 316z"
    s = L("M124 200C124 96 276 96 276 200", c2, 13) + L("M124 200C124 96 276 96 276 200", c1, 5, 'stroke-dasharray="8 10"') + P(b, c1) + f'<clipPath id="b"><path d="{b}"/></clipPath><g clip-path="url(#b)">'
    w = "".join(f"M{x+(y//20%2)*15} {y}h15v14h-15z" for y in range(204, 332, 20) for x in range(84, 316, 30))
    return shadow(104) + s + P(w, c2) + R(80, 240, 240, 38, CREAM) + band(r.randrange(3), 86, 244, 228, 30, ac, SAFFRON) + "</g>" + shade(b) + R(84, 186, 232, 20, c2, 10)
def tagine(r, g):
    c1 = r.choice([MADDER, "#c96a3a", INDIGO, TEAL]) if g < 6 else "#e0a877"; c2 = CREAM if c1 != "#e0a877" else MADDER
    lid = "M96 256C128 230 176 190 184 108H216C224 190 272 230 304 256z"; base = "M76 258H324Q318 330 258 332H142Q82 330 76 258z"
    s = P(lid, c1) + C(200, 98, 20, c1) + f'<clipPath id="b"><path d="{lid}"/></clipPath><g clip-path="url(#b)">' + band(r.choice([0, 2]), 88, 218, 224, 26, c2, SAFFRON) + band(1, 140, 172, 120, 24, c2, c2) + "</g>" + shade(lid)
    return shadow(112) + s + P(base, c1) + shade(base, "t") + R(66, 248, 268, 20, c2, 10) + band(1, 96, 282, 208, 26, c2, c2)
def jug(r, g):
    c1 = r.choice(["#d98a5a", "#c8704a", "#e3b382", INDIGO]) if g < 6 else "#e7bb8c"; c2 = CREAM if c1 == INDIGO else r.choice([WALNUT, INDIGO, MADDER])
    b = "M170 92H230V128C230 150 288 176 288 240S240 332 200 332 112 304 112 240 170 150 170 128z"
    return (shadow(84) + L("M232 112Q296 108 280 186", c1, 15) + P(b, c1) + f'<clipPath id="b"><path d="{b}"/></clipPath><g clip-path="url(#b)">' + band(0, 104, 220, 192, 44, c2, c1) + band(1, 120, 180, 160, 26, c2, c2) + band(r.choice([1, 2]), 116, 276, 168, 24, c2, c2) + "</g>" + shade(b) + R(158, 80, 84, 20, c1, 10) + R(158, 92, 84, 8, "#000", 4, 'opacity=".12"'))
def bowl(r, g):
    c = r.choice([INDIGO, TEAL, "#2e6aa8"]); s = C(200, 206, 132, CREAM) + C(200, 206, 120, c) + C(200, 206, 108, CREAM)
    s += "".join(G(leaf(0, -48, 50, 15, c, 0) + C(0, -101, 3.5, SAFFRON), f"translate(200 206)rotate({i*30})") for i in range(12))
    k = r.choice([6, 8]); return E(208, 222, 132, 128, "#000", 0, 'opacity=".14"') + s + star(200, 206, 46, c, k, .66) + star(200, 206, 28, SAFFRON, k, .66) + star(200, 206, 13, CREAM, k, .7)
def rug(r, g):
    base = r.choice([CREAM, MADDER, SAFFRON, INDIGO]); others = [c for c in (MADDER, INDIGO, SAFFRON, WALNUT, TEAL, CREAM) if c != base]; r.shuffle(others)
    s = R(98, 52, 212, 290, "#000", 3, 'opacity=".16"') + R(92, 46, 212, 290, base, 3); y = 56
    while y < 306:
        h = r.choice([18, 26, 36]); h = min(h, 326 - y)
        if r.random() < .3: s += R(92, y, 212, h, others[2])
        s += band(r.randrange(5), 98, y + 2, 200, h - 4, others[0] if r.random() < .6 else others[1], others[3]); y += h + 6
    return s + L("".join(f"M{x} {a}v13" for x in range(96, 304, 8) for a in (32, 337)), CREAM if g > 5 or base != CREAM else WALNUT, 2.5)
def cushion(r, g):
    base = r.choice([SAFFRON, MADDER, INDIGO, CREAM, TEAL]); o = [c for c in (CREAM, MADDER, INDIGO, SAFFRON, WALNUT) if c != base]; r.shuffle(o)
    b = "M88 108Q200 122 312 108Q298 214 312 322Q200 308 88 322Q102 214 88 108z"
    s = P(b, base) + f'<clipPath id="b"><path d="{b}"/></clipPath><g clip-path="url(#b)">' + band(1, 90, 124, 220, 26, o[1], o[2]) + band(0, 92, 164, 216, 96, o[0], o[1]) + band(2, 90, 274, 220, 22, o[1], o[2]) + '</g>' + shade(b)
    return shadow(116, 332) + s + "".join(L(f"M{x} {y}l{dx} {dy}m{dx//3} {-dy//2}l{-dx//2} {dy//2}", o[0], 6) for x, y, dx, dy in [(88, 108, -16, -16), (312, 108, 16, -16), (88, 322, -16, 16), (312, 322, 16, 16)])
def zellige(r, g):
    c = r.choice([(INDIGO, TEAL, SAFFRON), (TEAL, INDIGO, MADDER), (MADDER, INDIGO, SAFFRON), (INDIGO, MADDER, SAFFRON), (TEAL, SAFFRON, INDIGO)]); gr = f'stroke="{CREAM}" stroke-width="2.5"'
    t = star(50, 50, 50, CREAM, 8, .765, 0, gr) + star(50, 50, 44, c[0], 8, .765) + star(50, 50, 31, CREAM, 8, .765, math.pi / 8) + star(50, 50, 26, c[2], 8, .765, math.pi / 8) + star(50, 50, 15, CREAM, 8, .765) + star(50, 50, 10, c[0], 8, .765)
    t += "".join(P(f"M{x} {y-9}l9 9-9 9-9-9z", CREAM) for x, y in ((0, 0), (100, 0), (0, 100), (100, 100)))
    return f'<pattern id="z" width="100" height="100" patternUnits="userSpaceOnUse">{R(0,0,100,100,c[1])}{t}</pattern>' + R(0, 0, 400, 400, "url(#z)") + P("M0 0H400V400z", "#000", 'opacity=".05"')
def herbs(r, g):
    f = r.choice([["#7d8b46", "#94a25c"], ["#5f8a5a", "#7fa674"], ["#7d6fae", "#7d8b46"]]); s = ""
    st = L("M0 84V-150", "#6d7a45", 3) + "".join(leaf(0, -150 + k * 24, 28 + k * 2, 9, f[k % 2], sg * 46) for k in range(7) for sg in (-1, 1)) + leaf(0, -146, 26, 8, f[0], 0)
    s += "".join(f'<use href="#h" transform="translate(200 244)rotate({-39 + i*13 + r.randint(-3, 3)})"/>' for i in range(7))
    return shadow(60) + f'<defs><g id="h">{st}</g></defs>' + s + R(172, 238, 56, 22, r.choice([MADDER, SAFFRON]), 8) + L("M186 258q-10 22-24 28M212 258q10 18 26 22", MADDER, 4)
def tea(r, g):
    b = "M146 120H254L240 304Q238 326 216 326H184Q162 326 160 304z"; c = r.choice([INDIGO, TEAL, MADDER])
    s = P(b, "#fff", 'opacity=".55"') + P("M150 172H250L240 304Q238 326 216 326H184Q162 326 160 304z", r.choice(["#b98a2a", "#a06a22"]), 'opacity=".85"')
    s += f'<clipPath id="b"><path d="{b}"/></clipPath><g clip-path="url(#b)">' + R(140, 206, 120, 8, SAFFRON) + band(0, 146, 220, 108, 46, c, SAFFRON) + R(140, 272, 120, 8, SAFFRON) + "</g>" + R(143, 116, 114, 8, SAFFRON, 4)
    s = "".join(leaf(206, 170, l, 24, f, t, "#a8c48a") for l, f, t in [(116, "#4f7d46", -24), (124, "#659a58", 14), (96, "#4f7d46", 46)]) + s
    return shadow(66) + s + R(160, 140, 8, 150, "#fff", 4, 'opacity=".45"')
def babouche(r, g):
    c = r.choice([SAFFRON, MADDER, "#e9c46a", TEAL]) if g < 6 else SAFFRON; o = INDIGO if c in (SAFFRON, "#e9c46a") else CREAM
    one = P("M0-128C46-84 52-20 48 60Q44 118 0 118Q-44 118-48 60C-52-20-46-84 0-128z", c) + P("M-30 22Q0 6 30 22Q38 60 30 82Q24 104 0 104Q-24 104-30 82Q-38 60-30 22z", WALNUT) + P("M-22 30Q0 18 22 30Q28 60 22 78Q16 94 0 94Q-16 94-22 78Q-28 60-22 30z", "#e8cfa6", 'opacity=".55"')
    one += star(0, -38, 26, o, 8, .68) + star(0, -38, 13, c, 8, .68) + "".join(C(0, y, 4, o) for y in (-76, -92)) + L("M-38 16Q0-6 38 16", o, 4)
    return G(C(4, 8, 0, c) + f'<g id="k">{one}</g>', "translate(144 214)rotate(-9)") + '<use href="#k" transform="translate(256 214)rotate(9)"/>'
def soap(r, g):
    cs = r.sample(["#c9b48a", "#a8b58a", "#d9b0a6", "#8c7a5a", "#e3d3ae"], 3); s = ""
    for i, (x, y, w) in enumerate([(102, 262, 196), (116, 196, 168), (132, 130, 136)]):
        s += R(x, y, w, 66, cs[i], 14) + R(x + w / 2, y, w / 2, 66, "#000", 14, 'opacity=".08"') + R(x, y + 54, w, 12, "#000", 6, 'opacity=".08"')
        s += star(x + w / 2, y + 31, 20, "#000", 8, .7, 0, 'opacity=".18"') + star(x + w / 2, y + 31, 11, cs[i], 8, .7)
    return shadow(112, 332) + s + leaf(296, 330, 74, 20, OLIVE, 44, "#a5b06a") + leaf(112, 330, 62, 17, "#8a9850", -48, "#a5b06a")
def almond(r, g):
    b = "M150 170q0-14 14-16h72q14 2 14 16v138q0 22-22 22h-56q-22 0-22-22z"
    s = P(b, "#9c6a35") + shade(b) + R(146, 126, 108, 32, r.choice([INDIGO, TEAL, MADDER]), 8) + R(150, 206, 100, 74, CREAM)
    al = lambda x, y, t, f="#b9783c": G(P("M0-30C22-18 24 16 0 30C-24 16-22-18 0-30z", f) + L("M-6-14Q-9 2-5 16M6-14Q9 2 5 16", "#8a5426", 2), f"translate({x} {y})rotate({t})")
    return shadow(110) + s + G(al(0, 0, 0), "translate(200 242)rotate(40)scale(.9)") + al(108, 310, 70) + al(292, 312, -64, "#c98a4c") + al(322, 288, 20) + al(82, 286, -30, "#c98a4c") + al(276, 284, 60)
def cactus(r, g):
    pad = lambda x, y, s, t, f: G(E(0, -60, 46, 62, f) + "".join(L(f"M{a} {b}l0-6", CREAM, 3) for a, b in [(-20, -80), (14, -90), (0, -56), (-18, -40), (22, -50), (4, -24)]), f"translate({x} {y})rotate({t})scale({s})")
    fr = lambda x, y, t: G(E(0, -14, 13, 18, r.choice(["#c8385a", "#e0722e", "#b02c50"])) + L("M-6-30h12", "#8a9850", 4), f"translate({x} {y})rotate({t})")
    s = pad(200, 332, 1.3, 0, "#5f8a5a") + pad(166, 206, .95, -36, "#6f9c66") + pad(238, 202, 1.0, 32, "#527a50") + fr(112, 116, -40) + fr(134, 100, -24) + fr(158, 104, -6) + fr(280, 96, 24) + fr(302, 112, 44) + fr(200, 172, 0) + fr(222, 176, 14)
    return shadow(80) + s
def box(r, g):
    c, d = r.choice([("#a0612f", "#7c4620"), ("#8a4b2a", "#66341a")]); s = P("M74 196L200 148 326 196 200 244z", "#c98d52") + P("M74 196L200 244V346L74 296z", c) + P("M326 196L200 244V346L326 296z", d)
    s += G(star(0, 0, 84, "#e9cf9c", 8, .7) + star(0, 0, 62, d, 8, .7) + star(0, 0, 40, SAFFRON, 8, .7) + star(0, 0, 18, CREAM, 8, .7), "translate(200 196)scale(1 .38)")
    s += L("M88 214L188 252V330L88 290z", "#e9cf9c", 3) + L("M312 214L212 252V330L312 290z", "#e9cf9c", 3, 'opacity=".7"') + C(200, 258, 9, SAFFRON)
    return shadow(132, 338) + L("M92 240q30 20 84 26M96 270q30 18 80 24", "#000", 2, 'opacity=".15"') + s
def village(r, g, w=400):
    sky, sun, m1, m2, m3 = r.choice([("#f8dfc0", "#f0b13c", "#d79a7c", "#b8664b", "#7d3b2c"), ("#dbe6f4", "#fff3d0", "#9db2d8", "#6379b4", "#2f3d80"), ("#e6ecd9", "#f4cf6a", "#b5c596", "#7f9560", "#4a5f3c"), ("#f4d9d6", "#fbeccb", "#d69a96", "#a85b66", "#6a3446")])
    ridge = lambda y, a, k: "M0 400V" + f"{y}" + "".join(f"L{n(w/k*(i+.5))} {n(y-a*(.5+r.random()))}L{n(w/k*(i+1))} {n(y-a*.2*r.random())}" for i in range(k)) + f"V400z"
    s = R(0, 0, w, 400, sky) + C(w * (.25 + .5 * r.random()), 120, 46, sun) + P(ridge(220, 110, max(2, w // 170)), m1) + P(ridge(270, 80, max(3, w // 150)), m2)
    x = w * .08
    while x < w * .92:
        hh = r.randint(46, 96); ww = r.randint(44, 72)
        s += R(n(x), 330 - hh, ww, hh + 20, r.choice(["#e3b98c", "#d6a273", "#edcaa0"])) + R(n(x + ww * .62), 330 - hh, n(ww * .38), hh + 20, "#000", 0, 'opacity=".1"') + P(f"M{n(x+ww*.3)} 350v-22a8 8 0 0 1 16 0v22z", m3) + R(n(x + ww * .2), 344 - hh, 8, 10, m3) + R(n(x + ww * .6), 344 - hh, 8, 10, m3)
        x += ww + r.choice([-8, 4, 40, 70] if w < 500 else [-8, 4, 90, 150])
    return s + P(f"M0 346Q{w//3} 322 {w//2} 342T{w} 334V400H0z", m3) + "".join(leaf(n(w * r.random()), 388, r.randint(30, 54), 12, m2, r.randint(-20, 20)) for _ in range(max(6, w // 110)))
DRAW = {k: v for k, v in list(globals().items()) if k in "honey oil olive argan saffron dates couscous pouf fibula rose basket tagine jug bowl rug cushion zellige herbs tea babouche soap almond cactus box village".split()}
GOOD = {"honey": [1, 2, 3, 6, 8], "oil": [0, 2, 4, 5, 1], "olive": [0, 2, 4, 1, 6], "argan": [1, 3, 2, 8], "saffron": [4, 3, 0, 2], "dates": [0, 4, 3, 8], "couscous": [1, 3, 6, 8], "pouf": [1, 3, 4, 8, 6], "fibula": [7, 6, 8, 2], "rose": [1, 3, 0, 4, 8], "basket": [1, 2, 3, 6, 7], "tagine": [1, 0, 4, 3, 8], "jug": [1, 3, 4, 6, 8], "bowl": [2, 4, 0, 7], "rug": [1, 3, 2, 5, 8], "cushion": [1, 3, 5, 0], "herbs": [2, 4, 0, 5], "tea": [0, 2, 1, 4], "babouche": [1, 2, 5, 8, 6], "soap": [1, 5, 2, 8], "almond": [1, 4, 2, 3], "cactus": [4, 2, 0, 5], "box": [1, 3, 4, 5]}
def draw(category, *, seed="1", region="", width=400):
    r = random.Random(f"{category}/{seed}"); fn = DRAW[category]; gi = r.choice(GOOD.get(category, range(9)))
    w = width
    body = village(r, gi, w) if category == "village" else (fn(r, gi) if category == "zellige" else scene(r, gi) + fn(r, gi))
    vb = f"0 0 {w} 400" if category == "village" else "0 0 400 400"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{vb}" role="img">' + body + "</svg>"
