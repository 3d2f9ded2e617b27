"""What an erasure does is said in words, column by column, before anybody decides."""

from desk.rules.personal_data import Fate
from desk.rules.personal_words import fate_lines, table_words, unnamed_columns


def test_every_personal_column_of_a_file_has_words():
    assert unnamed_columns() == set()


def test_a_case_says_what_goes_what_is_masked_and_what_stays():
    lines = fate_lines(is_mediation=False)
    assert [line.fate for line in lines] == sorted(
        (line.fate for line in lines), key=list(Fate).index
    )
    said = {(line.fate, line.what): line.columns for line in lines}
    assert said[Fate.ERASE, "诉求人"].startswith("姓名、电话、备用电话、住址")
    assert said[Fate.MASK, "案件"] == "看板上的姓（如“陈**”）"
    assert "首问人" in said[Fate.RETAIN, "案件"]
    assert "编号" in said[Fate.RETAIN, "其余"]
    assert (Fate.ERASE, "当事人") not in said
    assert all(line.why for line in lines)


def test_a_mediation_has_lines_of_its_own():
    said = {(line.fate, line.what): line.columns for line in fate_lines(is_mediation=True)}
    assert "背靠背笔记" in {what for _, what in said}
    assert "协议金额" in said[Fate.RETAIN, "其余"]
    assert (Fate.ERASE, "诉求人") not in said
    assert table_words("caucus_notes") == "背靠背笔记"
