"""What changed between two revisions, word by word and paragraph by paragraph."""

from orders.admin.text_difference import Paragraph, Part, difference


def same(text: str) -> Part:
    return Part("same", text)


def removed(text: str) -> Part:
    return Part("removed", text)


def added(text: str) -> Part:
    return Part("added", text)


def test_the_same_text_has_no_difference() -> None:
    assert difference("Un.\n\nDeux.", "Un.\nDeux.") == []


def test_a_changed_word_is_shown_in_its_sentence() -> None:
    changes = difference("Partez demain matin.", "Partez bientôt, au matin.")

    assert changes == [
        Paragraph(
            (same("Partez "), removed("demain "), added("bientôt, au "), same("matin."))
        )
    ]


def test_a_new_paragraph_stands_after_the_one_before_it() -> None:
    changes = difference("Un.\n\nDeux.", "Un.\n\nDeux.\n\nTrois.")

    assert changes == [Paragraph((same("Deux."),)), Paragraph((added("Trois."),))]


def test_what_stays_between_two_changes_is_left_out() -> None:
    middle = "\n".join(f"Ligne {place}." for place in range(9))

    changes = difference(f"Un.\n{middle}\nDix.", f"1.\n{middle}\n10.")

    assert Paragraph(()) in changes
    assert Paragraph((same("Ligne 4."),)) not in changes
    assert changes[0] == Paragraph((removed("Un."), added("1.")))


def test_nothing_of_either_text_is_lost_where_it_changed() -> None:
    before, after = "Un deux trois.\nQuatre.", "Un 2 trois.\nCinq.\nSix."

    parts = [part for one in difference(before, after) for part in one.parts]

    assert "".join(p.text for p in parts if p.kind != "added") == before
    assert "".join(p.text for p in parts if p.kind != "removed") == after


def test_long_texts_that_share_nothing_are_not_compared_word_by_word() -> None:
    before = " ".join(f"a{place}" for place in range(10_000))
    after = " ".join(f"b{place}" for place in range(10_000))

    changes = difference(before, after)

    assert changes == [Paragraph((removed(before), added(after)))]


def test_many_words_of_two_kinds_are_not_compared_one_by_one() -> None:
    before = " ".join("ab"[place % 2] for place in range(2_900))
    after = " ".join("ab"[place % 3 > 0] for place in range(2_900))

    changes = difference(before, after)

    assert changes == [Paragraph((removed(before), added(after)))]


def test_many_lines_of_two_kinds_are_not_compared_one_by_one() -> None:
    before = "\n".join("ab"[place % 2] for place in range(4_000))
    after = "\n".join("ab"[place % 3 > 0] for place in range(4_000))

    changes = difference(before, after)

    assert changes == [Paragraph((removed(before), added(after)))]
