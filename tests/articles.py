"""Articles made up for the tests, and a folder of them."""

import json
from pathlib import Path

CLINIC = (
    "Clinic loses laptop with patient records\n\n"
    "Northgate Clinic said on Nov. 28, 2022 that a laptop with the names and birth dates of 6,200 patients was stolen "
    "from a car.\n\n“We regret this,” spokeswoman Jane Roe said. The clinic has notified those affected."
)
MARKET = "Shares of software makers rose on Monday, as investors looked for growth. Analysts expect more of the same."


def fill(folder: Path) -> Path:
    """Two articles that can be read, one in another language, and four things that cannot be articles."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "clinic.txt").write_text(CLINIC, encoding="utf-8")
    (folder / "empty.txt").write_text("")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    lines = [
        json.dumps(
            {"text": MARKET, "title": "Shares rise", "published_on": "2023-01-02", "publisher": "Example Times"}
        ),
        json.dumps(
            {"text": "Die Klinik teilte am Montag mit, dass ein Laptop mit den Namen der Kranken gestohlen wurde."}
        ),
        "{broken",
        json.dumps({"text": MARKET, "published_on": "someday"}),
    ]
    (folder / "day.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder
