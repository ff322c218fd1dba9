//! The built-in lexicon, compiled ahead: reading its tables back takes a tenth of compiling the packs.
//!
//! `prepared.bin` begins with a hash of the packs it was made from. Where that differs from the packs of this build, the
//! file is stale and the packs are compiled at start instead, so that a change of a word never needs a second step to
//! take effect. A test makes the file anew, and fails where it had to: `cargo test --test prepared`.

use super::Lexicon;
use crate::error::{Error, Result};
use std::hash::Hasher;

/// Raised when the meaning of the tables changes while the packs do not.
const FORMAT: u8 = 9;

/// The built-in lexicon from its tables; none where they are stale.
pub fn load() -> Option<Lexicon> {
    let (hash, tables) = crate::german::lexicon().split_first_chunk()?;
    if *hash != sources() {
        return None;
    }
    postcard::from_bytes(tables).ok().map(Lexicon::indexed)
}

/// The content that `prepared.bin` should have.
///
/// # Errors
/// The built-in packs do not compile.
pub fn prepare() -> Result<Vec<u8>> {
    let lexicon = Lexicon::new(crate::german::pack()?)?;
    let mut bytes = sources().to_vec();
    bytes.extend(postcard::to_stdvec(&lexicon).map_err(|e| Error::new(format!("cannot write the tables: {e}")))?);
    Ok(bytes)
}

/// A hash of the built-in packs.
fn sources() -> [u8; 8] {
    use std::hash::BuildHasher;
    let mut hasher = foldhash::quality::FixedState::with_seed(u64::from(FORMAT)).build_hasher();
    for (name, text) in crate::german::FILES {
        hasher.write(name.as_bytes());
        hasher.write(text.as_bytes());
    }
    hasher.finish().to_le_bytes()
}
