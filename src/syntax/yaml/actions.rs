//! What template actions between the lines mean for the collections around them.
//!
//! Knows where actions stand and of which sort they are; finding and masking them is `template`'s work.

use super::parser::{Frame, Kind, Parser, State};
use crate::syntax::template::{Action, Sort};
use crate::text::Span;

/// The actions of a text, read alongside it.
pub(super) struct Actions<'a> {
    all: &'a [Action],
    next: usize,
    /// Where blocks start, branch or end.
    controls: Vec<u32>,
    /// The innermost template block and branch; 0 outside of any.
    branch: u32,
    /// How many blocks each branch lies in, by its number.
    depths: Vec<u32>,
    outer: Vec<u32>,
    /// An action that may print the node waited for, or add to the collection that starts next.
    insertion: Option<Span>,
}

impl<'a> Actions<'a> {
    pub(super) fn new(all: &'a [Action]) -> Self {
        let control = |action: &&Action| matches!(action.sort, Sort::Open | Sort::Else | Sort::Close);
        let controls = all.iter().filter(control).map(|action| action.span.start).collect();
        Actions { all, next: 0, controls, branch: 0, depths: vec![0], outer: Vec::new(), insertion: None }
    }

    pub(super) fn any(&self) -> bool {
        !self.all.is_empty()
    }

    /// For a collection that starts: whether an action may add to it, and in which branch it is.
    pub(super) fn opened(&mut self) -> (bool, u32) {
        (self.insertion.take().is_some(), self.branch)
    }

    /// Whether an action from `start` on may print the node waited for; forgets one before.
    pub(super) fn pending_since(&mut self, start: usize) -> bool {
        self.insertion = self.insertion.filter(|span| span.start as usize >= start);
        self.insertion.is_some()
    }

    pub(super) fn take_insertion(&mut self) -> Option<Span> {
        self.insertion.take()
    }

    /// Whether a block starts, branches or ends in `start..end`.
    pub(super) fn branches_between(&self, start: usize, end: usize) -> bool {
        let before = |offset: usize| self.controls.partition_point(|&at| (at as usize) < offset);
        before(start) < before(end)
    }

    /// Whether actions on lines of their own stand in `start..end`.
    pub(super) fn lines_between(&self, start: usize, end: usize) -> bool {
        let from = self.all.partition_point(|action| (action.span.start as usize) < start);
        let mut between = self.all[from..].iter().take_while(|action| (action.span.start as usize) < end);
        between.any(|action| action.alone && action.sort != Sort::Silent)
    }

    /// The actions that start in `start..end`.
    pub(super) fn within(&self, start: usize, end: usize) -> &'a [Action] {
        let before = |offset: usize| self.all.partition_point(|action| (action.span.start as usize) < offset);
        self.all.get(before(start)..before(end)).unwrap_or_default()
    }

    pub(super) fn branch(&self) -> u32 {
        self.branch
    }

    fn control(&mut self, sort: Sort) {
        match sort {
            Sort::Open => {
                self.outer.push(self.branch);
                self.enter();
            }
            Sort::Else => self.enter(),
            Sort::Close => self.branch = self.outer.pop().unwrap_or(0),
            Sort::Insert | Sort::Silent => {}
        }
    }
}

impl Actions<'_> {
    /// Starts a branch of the innermost block.
    fn enter(&mut self) {
        self.branch = self.depths.len() as u32;
        self.depths.push(self.outer.len() as u32);
    }

    /// Whether `branch` lies further out than `other`.
    fn is_outside(&self, branch: u32, other: u32) -> bool {
        let depth = |branch: u32| self.depths.get(branch as usize).copied().unwrap_or(0);
        depth(branch) < depth(other)
    }
}

impl Parser<'_> {
    /// Takes in the actions up to here, of which those from `gap` on stand between two lines of content.
    pub(super) fn passed(&mut self, gap: usize) {
        if self.actions.next >= self.actions.all.len() {
            return;
        }
        while let Some(action) = self.actions.all.get(self.actions.next) {
            let start = action.span.start as usize;
            if start >= self.at {
                return;
            }
            self.actions.next += 1;
            self.actions.control(action.sort);
            if start >= gap && action.sort == Sort::Insert {
                self.insertion(action);
            }
        }
    }

    /// An action that prints lines: they may be the node that is waited for, or join an open collection.
    fn insertion(&mut self, action: &Action) {
        let waits = self.frames.last().is_none_or(|top| matches!(top.state, State::Value | State::Key));
        if waits {
            self.actions.insertion = Some(action.span);
        }
        let exact = action.indent.map(|indent| indent as usize + 1);
        let mut marked = false;
        for frame in self.frames.iter_mut().filter(|frame| matches!(frame.kind, Kind::Map | Kind::Seq)) {
            let hit = match exact {
                Some(inner) => frame.inner == inner,
                None => frame.inner > action.column as usize,
            };
            frame.open |= hit;
            marked |= hit;
        }
        if !marked && !waits {
            self.top().open = true;
        }
    }

    /// An entry at this column joins the top frame: if it is in another branch than the rest, it may be missing.
    pub(super) fn mark_open(&mut self, column: usize) {
        let branch = self.actions.branch;
        let Frame { kind, inner, home, .. } = *self.top();
        if column + 1 != inner || kind == Kind::Root {
            return;
        }
        // A collection whose first entries are in a block goes on outside of it: from here on it is that of outside.
        let outside = self.actions.is_outside(branch, home);
        let top = self.top();
        top.maybe = home != branch && !outside;
        top.open |= top.blocks != branch;
        if outside {
            top.home = branch;
        }
    }
}
