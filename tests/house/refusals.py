"""Every sentence by which actions and rules refuse, also where it is put together elsewhere."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import PurePosixPath

from tests.house.sources import dotted, python_files, tree_of

REFUSALS = {"RuleBroken", "NotAllowed", "StaleCase"}
READ = ("desk/actions/", "desk/rules/", "desk/store/")
DEEP = 5  # steps from where a sentence is raised to where it is written
Words = tuple[str, ...]
Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
GAP = "\0"


@dataclass(frozen=True)
class Place:
    """Where an expression stands: its module, and the function around it, if any."""

    name: str
    function: Function | None = None


@cache
def functions_of(name: str) -> dict[str, Function]:
    """Return the functions and methods of a module by name."""
    return {node.name: node for node in ast.walk(tree_of(name)) if isinstance(node, FUNCTIONS)}


@cache
def constants_of(name: str) -> dict[str, ast.expr]:
    """Return what a module calls by name at its head."""
    found: dict[str, ast.expr] = {}
    for node in tree_of(name).body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found[node.targets[0].id] = node.value
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value:
            found[node.target.id] = node.value
    return found


@cache
def sources_of(name: str) -> dict[str, tuple[str, str]]:
    """Return where the names come from that a module imports: a file, and the name there."""
    found = {}
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("desk."):
            file = str(node.module).replace(".", "/") + ".py"
            found.update({alias.asname or alias.name: (file, alias.name) for alias in node.names})
    return {alias: place for alias, place in found.items() if place[0] in python_files("desk/")}


@cache
def places_of(name: str) -> dict[int, Function]:
    """Return the innermost function around each node of a module, by the node's identity."""
    around: dict[int, Function] = {}
    for node in ast.walk(tree_of(name)):  # outer ones first
        if isinstance(node, FUNCTIONS):
            around.update({id(inner): node for inner in ast.walk(node) if inner is not node})
    return around


@cache
def calls_of() -> dict[str, list[tuple[str, ast.Call]]]:
    """Return all calls of actions, rules and the store, by the last part of what is called."""
    found: dict[str, list[tuple[str, ast.Call]]] = {}
    for name in python_files(*READ):
        for node in ast.walk(tree_of(name)):
            if isinstance(node, ast.Call):
                found.setdefault(dotted(node.func).rpartition(".")[2], []).append((name, node))
    return found


def written(node: ast.expr, place: Place, deep: int = 0) -> Iterator[tuple[str, str]]:
    """Yield each sentence that an expression can be, with its module; gaps are computed."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield place.name, node.value
    elif isinstance(node, ast.JoinedStr):
        fixed = [
            isinstance(part, ast.Constant) and len(str(part.value)) > 1 for part in node.values
        ]
        if any(fixed) or deep >= DEEP:
            yield place.name, "".join(map(_fixed, node.values))
        else:  # only gaps: what stands in them is the sentence
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    yield from written(part.value, place, deep + 1)
    elif deep < DEEP:
        yield from _elsewhere(node, place, deep + 1)


def _fixed(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else GAP


def _elsewhere(node: ast.expr, place: Place, deep: int) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left = list(written(node.left, place, deep)) or [(place.name, GAP)]
        right = list(written(node.right, place, deep)) or [(place.name, GAP)]
        for (name, before), (_, after) in product(left, right):
            yield name, before + after
    elif isinstance(node, ast.Call):
        yield from _returned(node, place, deep)
    elif isinstance(node, ast.Subscript):
        yield from _held(node.value, place, deep)
    elif isinstance(node, ast.Name):
        yield from _named(node.id, place, deep)
    else:
        for choice in _choices(node):
            yield from written(choice, place, deep)


def _choices(node: ast.expr) -> list[ast.expr]:
    """Return what an expression chooses from."""
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    return node.values if isinstance(node, ast.BoolOp) else []


def _named(word: str, place: Place, deep: int) -> Iterator[tuple[str, str]]:
    """Yield what a name stands for: assigned here, handed over by who calls, or a constant."""
    if place.function is not None:
        for value in _assigned(word, place.function):
            yield from written(value, place, deep)
        yield from _handed(word, place.function, deep)
    file, known = sources_of(place.name).get(word, (place.name, word))
    if known in constants_of(file):
        yield from written(constants_of(file)[known], Place(file), deep)


def _assigned(word: str, function: Function) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and any(
            isinstance(target, ast.Name) and target.id == word for target in node.targets
        ):
            yield node.value
        if isinstance(node, ast.NamedExpr) and node.target.id == word:
            yield node.value
        if isinstance(node, ast.For):
            yield from _looped(word, node)


def _looped(word: str, loop: ast.For) -> Iterator[ast.expr]:
    """Yield what a loop over rows that are written out, or over a table, gives to a name."""
    over = loop.iter.func if isinstance(loop.iter, ast.Call) else None
    if isinstance(over, ast.Attribute) and over.attr == "items":
        yield ast.Subscript(over.value, ast.Constant(word))
    names = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
    at = next((n for n, one in enumerate(names) if dotted(one) == word), None)
    rows = loop.iter.elts if isinstance(loop.iter, ast.Tuple | ast.List) else []
    for row in rows if at is not None else []:
        if isinstance(row, ast.Tuple):
            yield row.elts[at or 0]
        elif len(names) == 1:
            yield row


def _handed(word: str, function: Function, deep: int) -> Iterator[tuple[str, str]]:
    known = [one.arg for one in (*function.args.args, *function.args.kwonlyargs)]
    if word not in known:
        return
    is_method = known[0] in {"self", "cls"}
    at = known.index(word) - is_method
    for name, call in calls_of().get(function.name, []):
        given = [one.value for one in call.keywords if one.arg == word]
        given += call.args[at : at + 1]
        for value in given:
            yield from written(value, Place(name, places_of(name).get(id(call))), deep)


def _returned(call: ast.Call, place: Place, deep: int) -> Iterator[tuple[str, str]]:
    """Yield what a function of the project can return, or a template that is filled in."""
    said, _, last = dotted(call.func).rpartition(".")
    if last in {"format", "get"} and isinstance(call.func, ast.Attribute):
        for name, sentence in written(call.func.value, place, deep) if last == "format" else ():
            yield name, sentence.replace("{}", GAP)
        yield from _held(call.func.value, place, deep) if last == "get" else ()
        return
    file, known = sources_of(place.name).get(last, (place.name, last)) if not said else ("", last)
    files = [file] if file else [one for one in python_files(*READ) if last in functions_of(one)]
    for one in files if len(files) == 1 else []:
        if known in functions_of(one):
            function = functions_of(one)[known]
            for node in ast.walk(function):
                if isinstance(node, ast.Return) and node.value is not None:
                    yield from written(node.value, Place(one, function), deep)


def _held(node: ast.expr, place: Place, deep: int) -> Iterator[tuple[str, str]]:
    """Yield the sentences of a table at the head of a module."""
    file, known = sources_of(place.name).get(dotted(node), (place.name, dotted(node)))
    table = constants_of(file).get(known)
    if isinstance(table, ast.Call) and table.args:
        table = table.args[0]
    for value in table.values if isinstance(table, ast.Dict) else []:
        yield from written(value, Place(file), deep)


def parts_of(sentence: str) -> Words:
    """Return the fixed words of a sentence in their order."""
    return tuple(part for part in sentence.split(GAP) if len(part) > 1)


def refused_in(name: str) -> Iterator[tuple[ast.expr, set[tuple[str, Words]]]]:
    """Yield each refusal of a module: how it is put together, and all that it can say.

    What it says comes with the module where it is written.
    """
    for node in ast.walk(tree_of(name)):
        if isinstance(node, ast.Call) and dotted(node.func) in REFUSALS and node.args:
            place = Place(name, places_of(name).get(id(node)))
            said = {
                (PurePosixPath(file).stem, parts_of(sentence))
                for file, sentence in written(node.args[0], place)
            }
            yield node.args[0], {one for one in said if one[1]}
