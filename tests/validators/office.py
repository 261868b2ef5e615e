"""Workbooks by openpyxl and Word files by python-docx: they open, hold no
formula, and say the same texts; cell by cell what the plan says in its Weft
JSON. The first argument is the folder of files.
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


# Tables of the plan as a workbook: sheet, kind of item, and the head of a column
# with what it shows. Texts have a column per language.
TABLES = [
    ("Modules", "modules", {"Code": "code", "Period": "period", "Focus": "focus", "Credits": "credits", "Total hours": "total_hours"}, {"Title": "title", "Description": "description", "Objectives": "objectives", "Note": "note"}),
    ("Terms", "terms", {"Term": "code", "School year": "year", "Start": "start"}, {"Title": "title"}),
    ("Venues", "venues", {"Code": "code", "Workstations": "workstations"}, {"Title": "title", "Equipment": "equipment"}),
    ("People", "people", {"Code": "code"}, {"Name": "name"}),
    ("Jobs and competencies", "job_items", {"Importance": "importance", "Frequency": "frequency", "Difficulty": "difficulty"}, {"Competency statement": "statement", "Description": "description", "Note": "note"}),
]
LANGUAGES = {"English": "en", "Chinese": "zh-CN", "German": "de"}
compared = 0


def plain(value):
    """A value as a person reads it; what XML cannot hold is written as Excel does."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return openpyxl.utils.escape.unescape(str(value)).replace("\r\n", "\n").replace("\r", "\n").strip()


def equal(path, book, plan):
    """Compares the cells of each table with the plan."""
    global compared
    for name, kind, fields, texts in TABLES:
        items = {item["id"]: item for item in plan.get(kind, [])}
        if not items:
            continue
        rows = book[name].iter_rows(values_only=True)
        heads = list(next(rows))
        wanted = {}
        for at, head in enumerate(heads):
            words, _, language = str(head or "").partition(" (")
            if head in fields:
                wanted[at] = (fields[head], None)
            elif words in texts and language.rstrip(")") in LANGUAGES:
                wanted[at] = (texts[words], LANGUAGES[language.rstrip(")")])
        missing = (set(fields.values()) | set(texts.values())) - {field for field, _ in wanted.values()}
        if missing:
            problems.append(f"{path.name}: {name} has no column for {sorted(missing)}")
        seen = set()
        for row in rows:
            item = items.get(row[heads.index("Weft id")])
            if item is None:
                problems.append(f"{path.name}: {name} has a row of no item: {row[:6]}")
                continue
            seen.add(item["id"])
            for at, (field, language) in wanted.items():
                value = item.get(field)
                if language:
                    value = (value or {}).get(language)
                # Words of a role or task stand in the columns of its tier.
                if field == "statement" and item.get("tier") != "competency":
                    continue
                # Hours in brackets do not count.
                said = plain(row[at]).strip("()") if field == "total_hours" else plain(row[at])
                compared += 1
                if said != plain(value):
                    problems.append(f"{path.name}: {name} {item['id']} {field}: {said[:80]!r} is not {plain(value)[:80]!r}")
        if seen != set(items):
            problems.append(f"{path.name}: {name} lacks {len(set(items) - seen)} items")


def told(path, said, plan):
    """Looks for the words of each module and line of the plan in a paper."""
    global compared
    language = "zh-CN" if "-zh-CN-" in path.name else "en"
    text = folded("\n".join(said))
    for kind, field in (("modules", "title"), ("job_items", "statement")):
        for item in plan.get(kind, []):
            compared += 1
            # Letters that XML cannot hold stand in no Word file.
            words = (item.get(field) or {}).get(language, "")
            words = folded("".join(letter for letter in words if letter >= " " or letter in "\t\n\r"))
            if words and words not in text:
                problems.append(f"{path.name}: {kind} {item['id']}: {words[:80]!r} is missing")


def plan_of(path):
    name = path.name.rsplit("-", 1)[0]
    return json.loads((folder / f"{name}-weft_json.json").read_text("utf-8"))


for path in sorted(folder.glob("*.xlsx")):
    counts["xlsx"] += 1
    # Thousands of merged cells take openpyxl half a minute, unless it only reads.
    book = openpyxl.load_workbook(path, read_only="standards" in path.name)
    # Texts beyond what a cell can hold are cut, and letters that no file can
    # hold are written in another way: the other two plans have neither.
    if path.name in ("example-en-xlsx.xlsx", "naughty-en-xlsx.xlsx"):
        equal(path, book, plan_of(path))
    said = []
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    problems.append(f"{path.name}: {sheet.title}!{cell.coordinate} is a formula")
                if getattr(cell, "hyperlink", None):
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
    if path.name.startswith(("example", "naughty")) and "programme" in path.name:
        told(path, said, plan_of(path))
    if path.name.startswith("naughty") and "programme" in path.name:
        lost(path.name, folded("\n".join(said)))

# The plan "odd" has a text of 45,000 units.
if any(folder.glob("odd*.xlsx")) and longest < 32_766:
    problems.append(f"the longest text has {longest} units")

if any(folder.glob("example*")) and compared < 1_000:
    problems.append(f"only {compared} values were compared")

print(" · ".join(f"{kind}: {count}" for kind, count in counts.items()), f"· values compared with the plan: {compared}")
if problems:
    print("\n".join(problems[:60]), file=sys.stderr)
    sys.exit(1)
