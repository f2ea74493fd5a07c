"""Every mail with invented facts, to be looked at while the shop is built."""
