"""The shape every process table shares: states, and the lawful moves between them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from send.errors import NotAllowed


@dataclass(frozen=True)
class Move:
    """One lawful step: from which states, to which, what fact it establishes, who may take it, under which law."""

    name: str
    sources: frozenset[str]
    target: str
    fact: str
    needs: str
    law: str
    label: str


class Workflow:
    """A table of moves. Buttons, checks and the README's table are all read from it."""

    def __init__(self, *moves: Move) -> None:
        self.moves = {move.name: move for move in moves}
        if len(self.moves) != len(moves):
            raise ValueError("two moves share a name")

    def open_to(self, state: str) -> list[Move]:
        """The moves that the state allows, in the table's order."""
        return [move for move in self.moves.values() if state in move.sources]

    def move(self, name: str, *, state: str) -> Move:
        """The named move, if the state allows it. Raises NotAllowed."""
        move = self.moves[name]
        if state not in move.sources:
            raise NotAllowed(f"‘{move.label}’ is not possible at this stage.", law=move.law)
        return move


def move(name: str, sources: Iterable[str], target: str, fact: str, *, needs: str, law: str, label: str) -> Move:
    """Write one row of a process table."""
    return Move(name, frozenset(sources), target, fact, needs, law, label)
