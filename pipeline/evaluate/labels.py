"""Labels and the articles that they label: read, checked, placed in the text.

The format is described in tests/gold/README.md. A mistake in a label stops the evaluation, and all mistakes are
named at once: a score over half-understood labels misleads. Nothing is scored here.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from pipeline.extract.text.findings import Span
from schemas.vocabulary import UNITS, ActionKind, ActorKind, DataType, EventKind, Measure, Qualifier


class LabelError(ValueError):
    """Labels or articles that cannot be understood; the message has one line for each mistake."""


def load_labels(folder: Path) -> dict[str, "ArticleLabels"]:
    """The labels in `folder/*.json` by document, the file's name less `.json`."""
    if not folder.is_dir():
        raise LabelError(f"no folder of labels: {folder}")
    labels: dict[str, ArticleLabels] = {}
    mistakes: list[str] = []
    for path in sorted(folder.glob("*.json")):
        try:
            labels[path.stem] = ArticleLabels.model_validate_json(path.read_bytes())
        except ValidationError as error:
            mistakes += [f"{path.name}: {_where(e['loc'])}{e['msg']}" for e in error.errors()]
    if mistakes:
        raise LabelError("\n".join(mistakes))
    if not labels:
        raise LabelError(f"no labels (*.json) in {folder}")
    return labels


def load_articles(paths: Sequence[Path]) -> dict[str, "LabelledArticle"]:
    """Articles by document, from JSON lines (`doc` or `id`, `text`, `published_on`?, `title`?) and folders of .txt."""
    articles: dict[str, LabelledArticle] = {}
    for path in paths:
        if path.is_dir():
            articles |= {p.stem: LabelledArticle(p.read_text("utf-8")) for p in sorted(path.glob("*.txt"))}
        elif path.is_file():
            articles |= dict(_json_lines(path))
        else:
            raise LabelError(f"no articles: {path} is neither a file nor a folder")
    return articles


def place(labels: Mapping[str, "ArticleLabels"], articles: Mapping[str, "LabelledArticle"]) -> None:
    """Raise LabelError where a quote does not stand in its text or an incident is not of its article."""
    mistakes = [f"{doc}: {mistake}" for doc in labels for mistake in _mistakes(labels[doc], articles[doc].text)]
    if mistakes:
        raise LabelError("\n".join(mistakes))


class LabelledArticle(NamedTuple):
    """A text that labels speak of, and what was delivered with it."""

    text: str
    published_on: date | None = None
    title: str | None = None


def _either(value: object) -> object:
    """Where a label leaves it open, "a|b" says that either is right; null says none."""
    if value is None:
        return ()
    return tuple(part.strip() for part in value.split("|")) if isinstance(value, str) else value


def _units(values: tuple[str, ...]) -> tuple[str, ...]:
    # Any currency may be asked for, listed in the contract or not: "200 XMR".
    unknown = [value for value in values if value not in UNITS and not re.fullmatch("[A-Z]{3,5}", value)]
    if unknown:
        raise ValueError(f"no such unit: {', '.join(unknown)}")
    return values


Either = BeforeValidator(_either)
Names = Annotated[tuple[str, ...], Either]


class _Label(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    note: str = ""  # why the labeller chose so


class Quoted(_Label):
    """A label that stands in the text: at the nth occurrence of its quote, or at its own offsets."""

    quote: str = Field(min_length=1)
    nth: int = Field(default=1, ge=1)
    at: tuple[int, int] | None = None

    def span(self, text: str) -> Span:
        """Where the label stands in the text; ValueError where the text does not hold the quote."""
        if self.at is not None:
            return Span(*self.at)
        start = -1
        for _ in range(self.nth):
            start = text.find(self.quote, start + 1)
            if start < 0:
                raise ValueError(f"the text has no occurrence {self.nth} of {self.quote!r}")
        return Span(start, start + len(self.quote))


class IncidentLabel(_Label):
    """An incident that the article reports or recalls; `organization` holds every name a reader would accept."""

    id: str
    is_main: bool
    organization: tuple[str, ...]
    action: Annotated[tuple[ActionKind, ...], Either]
    actor: Annotated[tuple[ActorKind, ...], Either]
    actor_names: tuple[str, ...] = ()
    occurred: tuple[date | None, date | None] | None = None
    discovered: date | None = None
    disclosed: date | None = None
    data_types: tuple[str, ...] = ()

    @property
    def what(self) -> str:
        """How the label is named in lists of findings."""
        return f"{'main' if self.is_main else 'recalled'} incident of {'|'.join(self.organization) or 'no one named'}"


class FigureLabel(Quoted):
    """A quantity: its number as written, the closed range that the wording allows, and what it measures."""

    value: float | None
    low: float | None
    high: float | None
    qualifier: Qualifier
    unit: Annotated[tuple[str, ...], Either, AfterValidator(_units)]
    measure: Annotated[tuple[Measure, ...], Either]
    incident: Names = ()

    @property
    def what(self) -> str:
        """How the label is named in lists of findings."""
        number = self.value if self.value is not None else f"{self.low}..{self.high}"
        return f"{self.quote!r} {'|'.join(self.measure)} {self.qualifier} {number} {'|'.join(self.unit)}"


class DateLabel(Quoted):
    """A calendar expression and the closed range that it names."""

    first: date | None = Field(alias="from")
    last: date | None = Field(alias="to")
    kind: EventKind
    incident: Names = ()

    @property
    def what(self) -> str:
        """How the label is named in lists of findings."""
        return f"{self.quote!r} {self.first}..{self.last}"


class ExposedLabel(Quoted):
    """A mention of a kind of data said to be exposed."""

    data_type: Annotated[tuple[DataType, ...], Either]
    incident: Names = ()

    @property
    def what(self) -> str:
        """How the label is named in lists of findings."""
        return f"{self.quote!r} {'|'.join(self.data_type)}"


class StatementLabel(Quoted):
    """A quotation and who said it."""

    speaker: Names
    direct: bool = True

    @property
    def what(self) -> str:
        """How the label is named in lists of findings."""
        return f"{self.quote!r} by {'|'.join(self.speaker) or 'unknown'}"


class ArticleLabels(_Label):
    """Everything that a careful reader finds in one article."""

    doc: str = ""
    reports_incident: bool
    incidents: tuple[IncidentLabel, ...]
    figures: tuple[FigureLabel, ...]
    dates: tuple[DateLabel, ...]
    exposed_data: tuple[ExposedLabel, ...]
    statements: tuple[StatementLabel, ...]


def _where(location: Sequence[Any]) -> str:
    """`figures[3].measure: ` from pydantic's ("figures", 3, "measure")."""
    parts = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return f"{parts.removeprefix('.')}: " if parts else ""


def _json_lines(path: Path) -> Iterator[tuple[str, LabelledArticle]]:
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            doc = str(record["doc"] if "doc" in record else record["id"])
            published = record.get("published_on")
            day = date.fromisoformat(published) if published else None
            yield doc, LabelledArticle(record["text"], day, record.get("title"))
        except (ValueError, KeyError, TypeError) as error:
            raise LabelError(f"{path}, line {number}: no article ({type(error).__name__}: {error})") from error


def _mistakes(labels: ArticleLabels, text: str) -> Iterator[str]:
    # "None" beside an incident says that a reader may also hang the row on no incident.
    known = {incident.id for incident in labels.incidents} | {"None"}
    if len(known) <= len(labels.incidents):
        yield "two incidents have the same id"
    parts: tuple[tuple[Literal["figures", "dates", "exposed_data", "statements"], Sequence[Quoted]], ...] = (
        ("figures", labels.figures),
        ("dates", labels.dates),
        ("exposed_data", labels.exposed_data),
        ("statements", labels.statements),
    )
    for part, rows in parts:
        for index, row in enumerate(rows):
            try:
                row.span(text)
            except ValueError as error:
                yield f"{part}[{index}]: {error}"
            for incident in getattr(row, "incident", ()):
                if incident not in known:
                    yield f"{part}[{index}]: no incident {incident!r} in this article"
