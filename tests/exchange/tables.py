"""What a ledger says, apart from who took it out and when (导出水印)."""

from desk.exchange.workbook import WATERMARK, read_sheet


def ledger_table(path):
    """Return the header and the rows of a ledger, without the column that marks an export."""
    sheet = read_sheet(path, knows=lambda header: {"外部编号", "编号"} & {*header})
    kept = [at for at, name in enumerate(sheet.header) if name != WATERMARK]
    rows = [tuple(row.cells[at] for at in kept if at < len(row.cells)) for row in sheet.rows]
    return [sheet.header[at] for at in kept], rows
