import json, subprocess, sys, time
from pathlib import Path
from bench.search.generate import guide, LANGUAGES
from bench.search.cases import cases
from bench.search.judge import Judge, summary
from guidegen.languages import Language
from guidegen.search.files import files

half, size = sys.argv[1], int(sys.argv[2])
show = len(sys.argv) > 3
g = guide(size)
t = time.time()
out = Path(f"/tmp/bs{size}")
(out / "search").mkdir(parents=True, exist_ok=True)
for old in (out / "search").iterdir():
    old.unlink()
n = 0
for f in files(g, tuple(Language(l, "US") for l in LANGUAGES)):
    (out / f.path).write_bytes(f.content)
    n += 1
print("index", round(time.time() - t, 2), "s", n, "files")
c = cases(half, g)
(out / "cases.json").write_text(json.dumps(c))
a = json.loads(
    subprocess.run(
        ["node", "bench/search/measure.mjs", str(out) + "/", "guidegen"], check=True, capture_output=True, text=True
    ).stdout
)
j = Judge(g)
for by in ("class", "ui"):
    for k, (s, nd, z, cnt) in summary(c, a, j, by).items():
        print(f"{k:18} S3 {s:.3f} nDCG {nd:.3f} zero {z:.3f} n {cnt}")
    print()
q = lambda v, p: sorted(v)[min(len(v) - 1, int(len(v) * p))]
print(
    "bytes",
    q([x["bytes"] for x in a], 0.5),
    q([x["bytes"] for x in a], 0.95),
    "req",
    q([x["requests"] for x in a], 0.5),
    q([x["requests"] for x in a], 0.95),
    "depth",
    max(x["depth"] for x in a),
    "warm",
    q([x["ms"] for x in a], 0.5),
    q([x["ms"] for x in a], 0.95),
    [x["problem"] for x in a if x.get("problem")][:2],
)
if show:
    for case, x in zip(c, a):
        s, nd = j.score(case, x["slugs"])
        if s == 0 and case["class"] in sys.argv[3].split(","):
            print(
                case["ui"],
                case["class"],
                case["q"],
                case["types"],
                case["facts"],
                case["spoken"],
                "->",
                x["understood"],
                x["total"],
            )
