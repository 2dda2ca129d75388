"""Numbers that agree, and numbers that do not, by what their wording allows."""

import pytest

from pipeline.resolve.quantities import Agreement, Amount, amount_words, compare, count


def exact(number: float) -> Amount:
    return Amount(number, number, number)


THOUSANDS = Amount(None, 2_000, None)
NEARLY_3000 = Amount(3_000, 2_700, 3_000)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        pytest.param(exact(6_200), exact(6_200), Agreement.EQUAL, id="the same"),
        pytest.param(Amount(100, 100, None), Amount(100, 100, 110), Agreement.EQUAL, id="the same, other wording"),
        pytest.param(exact(6_200), exact(6_252), Agreement.ROUNDED, id="rounded down"),
        pytest.param(exact(6_300), exact(6_252), Agreement.ROUNDED, id="rounded up"),
        pytest.param(NEARLY_3000, exact(2_900), Agreement.ROUNDED, id="nearly"),
        pytest.param(exact(143e6), exact(145.5e6), Agreement.NEAR, id="an update is no rounding"),
        pytest.param(exact(9), exact(10), Agreement.NEAR, id="small numbers are not rounded"),
        pytest.param(THOUSANDS, exact(6_200), Agreement.COMPATIBLE, id="bare plural"),
        pytest.param(THOUSANDS, exact(143e6), Agreement.APART, id="nobody calls millions thousands"),
        pytest.param(Amount(100, 100, None), exact(5_100), Agreement.APART, id="more than 100 is not 5,100"),
        pytest.param(Amount(1e6, None, 1e6), exact(20), Agreement.APART, id="up to a million is not 20"),
        pytest.param(Amount(559e6, None, 559e6), exact(200e6), Agreement.COMPATIBLE, id="up to"),
        pytest.param(exact(200_000), exact(218_000), Agreement.ROUNDED, id="to the nearest"),
        pytest.param(exact(200_000), exact(281_000), Agreement.APART, id="not to the nearest"),
        pytest.param(exact(36_000), exact(63_000), Agreement.APART, id="two numbers"),
        pytest.param(exact(0), exact(0), Agreement.EQUAL, id="nothing"),
        pytest.param(exact(0), exact(5), Agreement.APART, id="nothing and something"),
    ],
)
def test_quantities_compare(a: Amount, b: Amount, expected: Agreement) -> None:
    assert compare(a, b) is expected
    assert compare(b, a) is expected


@pytest.mark.parametrize(
    ("number", "unit", "words"),
    [
        pytest.param(52.2e9, "byte", "52.2 GB", id="volume"),
        pytest.param(12.0, "byte", "12 bytes", id="few bytes"),
        pytest.param(0.0, "byte", "0 bytes", id="no byte"),
        pytest.param(5.0, "hour", "5 hours", id="hours"),
        pytest.param(1.0, "day", "1 day", id="a day"),
        pytest.param(75_000.0, "USD", "USD 75,000", id="money"),
        pytest.param(6_200.0, "person", "6,200", id="people"),
    ],
)
def test_quantities_amount_in_words(number: float, unit: str, words: str) -> None:
    assert amount_words(number, unit) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (145_500_000, "145.5 million"),
        (143e6, "143 million"),
        (1e9, "1 billion"),
        (821_296, "821,296"),
        (92_283_889, "92,283,889"),
        (4.5, "4.5"),
        (0, "0"),
    ],
)
def test_quantities_count_in_words(number: float, words: str) -> None:
    assert count(number) == words
