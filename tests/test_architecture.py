"""Who may import whom, read from the source: the order of the house stays what it is."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from graphlib import TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
OWN = ("pipeline", "schemas")
MODULES = sorted(path for name in OWN for path in (ROOT / name).rglob("*.py"))

# Dagster is seen by these alone, and nobody else sees them.
DAGSTER = {"assets", "automation", "checks", "definitions", "headless", "liveness", "metadata", "resources"}
# The command line sees them too, but only inside its commands: it must start at once.
SHELL = {"cli", "__main__"}
# What a package may import of the others (besides the standard library and itself). The libraries that are no matter
# of architecture (rich, typer, ...) are free.
LAYERS = {
    "schemas.vocabulary": set(),
    "pipeline.identity": set(),
    "pipeline.settings": set(),
    "pipeline.disk": set(),
    "pipeline.lake": {"pipeline.identity"},
    "pipeline.extract": {"pipeline.identity", "schemas.vocabulary"},
    "pipeline.ingest": {"pipeline.identity", "pipeline.lake", "pipeline.validate", "schemas"},
    "pipeline.resolve": {"pipeline.identity", "schemas"},
    "pipeline.validate": {"pipeline.identity", "schemas"},
    "pipeline.build": {"pipeline.identity", "schemas"},
    "pipeline.prove": {"pipeline.build", "schemas"},
    "pipeline.publish": {
        "pipeline.build",
        "pipeline.disk",
        "pipeline.prove",
        "pipeline.lake",
        "pipeline.settings",
        "schemas",
    },
    "pipeline.inspection": {"schemas"},
    "schemas": set(),
}
# The rooms of extraction, each importing only earlier ones.
ROOMS = ("weighing", "text", "numbers", "days", "speech", "custodians", "data", "meaning", "record")
# Modules that developers run, with libraries that users need not have.
TOOLS = {"pipeline.training"}
HEAVY = ("dagster", "duckdb", "pandera", "polars")
# Which of the heavy libraries a package may import; the others not mentioned here may import all but Dagster.
LIBRARIES = {
    "schemas.vocabulary": set(),
    "pipeline.identity": set(),
    "pipeline.settings": set(),
    "pipeline.home": set(),
    "pipeline.disk": set(),
    "pipeline.extract": set(),
    "pipeline.ingest": {"polars"},
    "pipeline.ingest.parquet": {"duckdb"},
    "pipeline.lake": {"polars"},
    "pipeline.reading": {"polars"},
    "pipeline.resolve": {"polars"},
    "pipeline.validate": {"polars", "pandera"},
    "pipeline.console": {"duckdb"},
}


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path, *, everywhere: bool = True) -> Iterator[str]:
    """The modules that a file imports: as it is loaded, or anywhere in it."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree) if everywhere else tree.body:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def of(rules: dict[str, set[str]], name: str) -> set[str] | None:
    """The rule of a module: that of the longest name that it lies under."""
    under = [key for key in rules if name == key or name.startswith(key + ".")]
    return rules[max(under, key=len)] if under else None


def lies_under(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_architecture_layers(path: Path) -> None:
    name, allowed = name_of(path), of(LAYERS, name_of(path))
    if allowed is None:
        return
    home = max((key for key in LAYERS if lies_under(name, key)), key=len)
    for imported in imports(path):
        if imported.split(".")[0] in OWN and imported not in OWN:
            free = lies_under(imported, home) or any(lies_under(imported, package) for package in allowed)
            # `from schemas import articles` names the package first.
            assert free or any(package.startswith(imported + ".") for package in {home, *allowed}), imported


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_architecture_libraries(path: Path) -> None:
    name = name_of(path)
    heavy = {imported.split(".")[0] for imported in imports(path)} & set(HEAVY)
    allowed = of(LIBRARIES, name)
    if name.split(".")[-1] not in DAGSTER:
        assert "dagster" not in heavy
    if allowed is not None:
        assert heavy <= allowed


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_architecture_dagster_is_imported_by_nobody(path: Path) -> None:
    name = name_of(path).split(".")[-1]
    seen = {imported for imported in imports(path, everywhere=name not in SHELL) if imported.startswith("pipeline.")}
    if name not in DAGSTER:
        assert not {imported.split(".")[1] for imported in seen} & DAGSTER


@pytest.mark.parametrize("package", ["pipeline.extract", "pipeline.ingest", "pipeline.resolve", "schemas"])
def test_architecture_flows_one_way(package: str) -> None:
    """Inside a package modules have an order, in which each imports only earlier ones."""
    inside = {name_of(path): path for path in MODULES if lies_under(name_of(path), package)}
    graph = {
        name: {other for other in imports(path) if other in inside and other != name} for name, path in inside.items()
    }
    graph.pop(package, None)
    list(TopologicalSorter({name: before - {package} for name, before in graph.items()}).static_order())


@pytest.mark.parametrize("room", ROOMS)
def test_architecture_rooms_of_extraction_have_an_order(room: str) -> None:
    later = {f"pipeline.extract.{other}" for other in ROOMS[ROOMS.index(room) + 1 :]} | {"pipeline.extract.reader"}
    modules = list((ROOT / "pipeline" / "extract" / room).glob("*.py"))
    assert len(modules) > 1
    for path in modules:
        seen = set(imports(path))
        assert not any(lies_under(imported, package) for imported in seen for package in later), path


def test_architecture_every_library_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[^\w.-]", line)[0].lower().replace("_", "-") for line in project["dependencies"]}
    known = packages_distributions()
    for path in MODULES:
        if any(lies_under(name_of(path), tool) for tool in TOOLS):
            continue
        for top in {imported.split(".")[0] for imported in imports(path)} - set(OWN) - sys.stdlib_module_names:
            assert {name.lower().replace("_", "-") for name in known.get(top, [top])} & declared, f"{path}: {top}"


def test_architecture_modules_say_what_they_are_for() -> None:
    for path in MODULES:
        docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        assert docstring or not path.read_text(encoding="utf-8").strip(), f"{path} has no docstring"
        assert len((docstring or "").splitlines()) <= 10, f"the docstring of {path} is long"


def test_architecture_assets_are_thin() -> None:
    """An asset's body longer than ten lines misses a function below; what it says of its result is not counted."""
    tree = ast.parse((ROOT / "pipeline" / "assets.py").read_text(encoding="utf-8"))
    for function in (node for node in tree.body if isinstance(node, ast.FunctionDef) and node.decorator_list):
        work = [statement for statement in function.body[1:] if not isinstance(statement, ast.Return)]
        assert sum((statement.end_lineno or 0) - statement.lineno + 1 for statement in work) <= 10, function.name


def test_architecture_the_clock_is_asked_in_one_place() -> None:
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        if path.name != "resources.py":
            assert not any(call in source for call in (".now(", ".utcnow(", ".today(", "time.time(")), path
