//! Text → tokens. Knows characters, no words: what a token means is the lexicon's business.

mod bytes;
mod tokens;

pub use tokens::tokens;
