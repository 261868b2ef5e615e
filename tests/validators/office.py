"""Workbooks by openpyxl and Word files by python-docx: they open, hold no
formula, and say the same texts. The first argument is the folder of files.
Ends with 3 where one of the two is not installed."""

import json
import pathlib
import sys

try:
    import docx
    import openpyxl
except ImportError as missing:
    print(missing)
    sys.exit(3)

folder = pathlib.Path(sys.argv[1])
fixtures = pathlib.Path(__file__).parent.parent / "fixtures"
naughty = json.loads((fixtures / "naughty.json").read_text("utf-8"))["texts"]
problems = []
counts = {"xlsx": 0, "docx": 0}
longest = 0


def folded(text):
    return " ".join(text.split())


def lost(name, text):
    # As many as the fields of this file take in turn: most of them.
    missing = [words for words in map(folded, naughty) if words and words not in text]
    if len(missing) > len(naughty) // 4:
        problems.append(f"{name}: {len(missing)} texts are lost, such as {missing[0]!r}")


for path in sorted(folder.glob("*.xlsx")):
    counts["xlsx"] += 1
    book = openpyxl.load_workbook(path)
    said = []
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    problems.append(f"{path.name}: {sheet.title}!{cell.coordinate} is a formula")
                if cell.hyperlink:
                    problems.append(f"{path.name}: {sheet.title}!{cell.coordinate} is a link")
                if isinstance(cell.value, str):
                    units = len(cell.value.encode("utf-16-le", "replace")) // 2
                    longest = max(longest, units)
                    if units > 32_767:
                        problems.append(f"{path.name}: {sheet.title}!{cell.coordinate} is too long")
                    said.append(cell.value)
    if path.name.startswith("naughty") and "progress" not in path.name:
        lost(path.name, folded("\n".join(said)))

for path in sorted(folder.glob("*.docx")):
    counts["docx"] += 1
    paper = docx.Document(str(path))
    said = [paragraph.text for paragraph in paper.paragraphs]
    for table in paper.tables:
        for row in table.rows:
            said.extend(cell.text for cell in row.cells)
    if not said:
        problems.append(f"{path.name}: nothing in it")
    if path.name.startswith("naughty") and "programme" in path.name:
        lost(path.name, folded("\n".join(said)))

# The plan "odd" has a text of 45,000 units.
if any(folder.glob("odd*.xlsx")) and longest < 32_766:
    problems.append(f"the longest text has {longest} units")

print(" · ".join(f"{kind}: {count}" for kind, count in counts.items()))
if problems:
    print("\n".join(problems[:60]), file=sys.stderr)
    sys.exit(1)
