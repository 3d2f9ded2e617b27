"""Moving in (导入台账): a workbook is chosen, its columns understood, its rows mended, imported."""
