"""What a person at a practice screen cannot do, said in plain Japanese."""


class NotPossible(Exception):
    """The screen does not offer this: an unknown label, name or option, or nothing open to send.

    Attributes:
        sentence: one sentence in plain Japanese for whoever pressed or wrote it.
        labels: what the screen offers instead, as a person reads it.
    """

    def __init__(self, sentence: str, *, labels: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.labels = labels
