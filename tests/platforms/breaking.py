"""Ways to break a page that was read whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from hypothesis import strategies as st

Make = Callable[[Mapping[str, bytes]], bytes]


@st.composite
def broken(draw: st.DrawFn, names: Sequence[str]) -> tuple[str, Make]:
    """A page cut off, with a piece missing, doubled or shuffled, or with one of another in it."""
    name, other = draw(st.sampled_from(names)), draw(st.sampled_from(names))
    a, b = sorted(draw(st.tuples(*[st.floats(0, 1)] * 2)))
    c, d = sorted(draw(st.tuples(*[st.floats(0, 1)] * 2)))
    way = draw(st.integers(0, 5))
    shuffle = draw(st.randoms(use_true_random=False))

    def make(bodies: Mapping[str, bytes]) -> bytes:
        body, strange = bodies[name], bodies[other]
        i, j = int(a * len(body)), int(b * len(body))
        k, m = int(c * len(strange)), int(d * len(strange))
        if way == 5:
            lines = body.split(b"\n")
            piece = lines[i % len(lines) : i % len(lines) + 200]
            shuffle.shuffle(piece)
            lines[i % len(lines) : i % len(lines) + 200] = piece
            return b"\n".join(lines)
        return (
            body[:i],
            body[:i] + body[j:],
            body[:j] + body[i:],
            body[:i] + strange[k:m] + body[j:],
            body[:i] + b"</html>",
        )[way]

    return name, make
