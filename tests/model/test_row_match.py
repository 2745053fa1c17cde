"""Rows matched with rows: by keys that as many have on either side, by likeness, each at most once."""

from __future__ import annotations

import pytest

from icare_xl.model.row_match import by_keys, by_likeness, each_once, rows_by_key


def test_rows_are_listed_by_key_in_the_order_given_and_none_is_no_key() -> None:
    assert rows_by_key({9: "a", 4: "b", 5: None, 6: "a"}) == {"a": [9, 6], "b": [4]}


@pytest.mark.parametrize(
    ("first", "second", "pairs"),
    [
        ({4: "a", 5: "b"}, {7: "b", 8: "a"}, {4: 8, 5: 7}),
        ({4: "a", 5: "a"}, {7: "a", 8: "a"}, {4: 7, 5: 8}),
        ({4: "a", 5: "a"}, {7: "a"}, {}),
        ({4: None}, {7: None}, {}),
    ],
)
def test_a_key_pairs_rows_where_as_many_have_it(
    first: dict[int, str], second: dict[int, str], pairs: dict[int, int]
) -> None:
    assert by_keys((first, second)) == pairs


def test_who_found_a_partner_is_out_of_the_next_turn() -> None:
    sure = {4: "x"}, {8: "x"}
    assert by_keys(({4: "a", 5: "a"}, {7: "a", 8: "a"}), sure) == {4: 7, 5: 8}
    assert by_keys(sure, ({4: "a", 5: "a"}, {7: "a", 8: "a"})) == {4: 8, 5: 7}


def test_the_first_candidate_that_is_free_is_taken() -> None:
    assert each_once([(1, "a"), (2, "a"), (1, "b"), (2, "b"), (3, "b")]) == {1: "a", 2: "b"}


class TestByLikeness:
    def test_the_most_alike_go_first_and_the_nearest_of_the_equally_alike(self) -> None:
        one, other = frozenset("abcd"), frozenset("abcx")
        assert by_likeness({4: one, 9: other}, {5: other, 6: other}, 0) == {9: 6, 4: 5}

    def test_less_than_half_in_common_is_another_row(self) -> None:
        assert by_likeness({4: frozenset("abcd")}, {4: frozenset("awxy")}, 0) == {}

    def test_where_no_match_is_ahead_nobody_can_tell(self) -> None:
        one = frozenset("abcd")
        assert by_likeness({4: one, 5: one}, {4: one}, 0.1) == {}
        assert by_likeness({4: one, 5: one}, {4: one}, 0) == {4: 4}

    def test_tables_too_long_to_compare_stay_as_they_are(self) -> None:
        rows = dict.fromkeys(range(1001), frozenset("a"))
        assert by_likeness(rows, rows, 0) == {}
