"""The parts of the page 文书: the queue of each station, its panel, and the folder of scans."""
