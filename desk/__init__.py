"""案台 (Case Desk): the case desk of a street service hall (街道群众诉求服务大厅)."""

__version__ = "0.1.0"
