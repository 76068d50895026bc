//! Tables of what expressions give.
