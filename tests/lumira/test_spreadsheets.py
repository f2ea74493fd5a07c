import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from xml.etree import ElementTree

import pytest

from lumira.kit.spreadsheets import Row, csv_chunks, harmless, xlsx_file

SPACE = {"x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
TITLES = ("Numéro", "Le", "Montant", "Nom")
PAID = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # half past midnight in Paris
ROWS: list[Row] = [
    ("LU261122-7K3MWQ", PAID, Decimal("79.00"), 'Zoé "Z" ; Brûlé'),
    ("LU261122-7K3MWR", None, Decimal("1000"), "=1+1"),
]


def cells_of(content: bytes, sheet: int = 1) -> list[dict[str, str]]:
    """The rows of an XLSX file: each cell's kind and content, by its column."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        tree = ElementTree.fromstring(file.read(f"xl/worksheets/sheet{sheet}.xml"))
    return [
        {
            str(cell.get("r"))[0]: f"{cell.get('t', 'n')}:{''.join(cell.itertext())}"
            for cell in row.iterfind("x:c", SPACE)
        }
        for row in tree.iterfind("x:sheetData/x:row", SPACE)
    ]


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("+33612345678", "'+33612345678"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1+1", "' =1+1"),
        ("\r=1+1", "' =1+1"),
        ("\n\n=1+1", "'  =1+1"),
        ("  =1+1", "'  =1+1"),
        ("\u00a0=1+1", "'\u00a0=1+1"),
        ("\ufeff=1+1", "'\ufeff=1+1"),
        ("\u200b@A1", "'\u200b@A1"),
        ("＝1+1", "'＝1+1"),
        ("＋1", "'＋1"),
        ("－1", "'－1"),
        ("＠A1", "'＠A1"),
        ("﹦1+1", "'﹦1+1"),
        # Where another separator would begin a cell of its own.
        ("x,=1+1", "x,'=1+1"),
        ("x;=1+1", "x;'=1+1"),
        ('x","=1+1', 'x","\'=1+1'),
        ("x\t=1+1", "x =1+1"),
        # What is no formula stays as it is.
        ("Jean-Pierre", "Jean-Pierre"),
        ("alice+lumira@example.org", "alice+lumira@example.org"),
        ("79,00", "79,00"),
        ("a = b", "a = b"),
        ("", ""),
    ],
)
def test_no_text_becomes_a_formula(text: str, safe: str) -> None:
    assert harmless(text) == safe


def test_csv_opens_in_a_french_excel() -> None:
    content = b"".join(csv_chunks(TITLES, ROWS))

    assert content.startswith("\ufeff".encode())
    assert content.decode("utf-8-sig") == (
        '"Numéro";"Le";"Montant";"Nom"\r\n'
        '"LU261122-7K3MWQ";"2026-11-23 00:30";"79,00";"Zoé ""Z"" ; Brûlé"\r\n'
        '"LU261122-7K3MWR";"";"1000";"\'=1+1"\r\n'
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "name", ["x,=1+1,", 'x",=1+1,"', "x|=1+1|", "x\t=1+1\t", 'x"\r\n=1+1', ";;@A1"]
)
def test_no_cell_is_a_formula_however_the_lines_are_split(
    delimiter: str, name: str
) -> None:
    text = b"".join(csv_chunks(("Nom", "Puis"), [(name, name)])).decode("utf-8-sig")

    rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))

    cells = [cell.strip(' "') for row in rows for cell in row]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "-", "@"}]


def test_csv_is_made_while_it_is_sent() -> None:
    made = 0

    def rows() -> Iterator[Row]:
        nonlocal made
        for number in range(10_000):
            made += 1
            yield (f"Ligne {number}",)

    first = next(csv_chunks(("Nom",), rows()))

    assert "Ligne 0" in first.decode()
    assert made < 1000


def test_csv_holds_every_row_once() -> None:
    rows: list[Row] = [(f"Ligne {number}",) for number in range(1000)]

    text = b"".join(csv_chunks(("Nom",), rows)).decode("utf-8-sig")

    assert text.splitlines() == ['"Nom"', *(f'"Ligne {n}"' for n in range(1000))]


def test_xlsx_has_texts_numbers_and_dates_and_no_formula() -> None:
    with xlsx_file(TITLES, ROWS) as file:
        title, first, second = cells_of(file.read())

    assert list(title.values()) == [f"inlineStr:{text}" for text in TITLES]
    assert first["A"] == "inlineStr:LU261122-7K3MWQ"
    assert first["B"].startswith("n:46349.0208")  # 23 November 2026, 00:30
    assert first["C"] == "n:79.00"
    assert first["D"] == 'inlineStr:Zoé "Z" ; Brûlé'
    assert "B" not in second
    assert (second["C"], second["D"]) == ("n:1000", "inlineStr:'=1+1")


@pytest.mark.parametrize("text", ["https://example.org", "mailto:a@b.fr", "12", "TRUE"])
def test_a_text_of_xlsx_stays_a_text(text: str) -> None:
    with xlsx_file(("Nom",), [(text,)]) as file:
        content = file.read()

    assert cells_of(content)[1] == {"A": f"inlineStr:{text}"}
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "rels/sheet" in name]


def test_what_one_sheet_cannot_hold_goes_on_the_next() -> None:
    rows = [(f"Ligne {number}",) for number in range(5)]

    with xlsx_file(("Nom",), rows, rows_per_sheet=3) as file:
        content = file.read()

    sheets = [cells_of(content, sheet) for sheet in (1, 2, 3)]
    assert [[row["A"] for row in sheet] for sheet in sheets] == [
        ["inlineStr:Nom", "inlineStr:Ligne 0", "inlineStr:Ligne 1"],
        ["inlineStr:Nom", "inlineStr:Ligne 2", "inlineStr:Ligne 3"],
        ["inlineStr:Nom", "inlineStr:Ligne 4"],
    ]


def test_a_text_longer_than_a_cell_is_cut_and_not_lost() -> None:
    with xlsx_file(("Nom",), [("x" * 40_000,)]) as file:
        assert cells_of(file.read())[1]["A"] == f"inlineStr:{'x' * 32_767}"


def test_an_empty_table_has_its_titles() -> None:
    with xlsx_file(("Nom",), []) as file:
        assert cells_of(file.read()) == [{"A": "inlineStr:Nom"}]
    assert b"".join(csv_chunks(("Nom",), [])).decode() == '\ufeff"Nom"\r\n'
