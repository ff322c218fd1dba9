//! The tables that were made of the language: with the feature `lean` whoever uses the library brings them along, packed as
//! they like; else they stand in the program.

/// The files of the tables.
pub const TABLES: [&str; 4] = ["names.bin", "tagger.bin", "facts.bin", "prepared.bin"];

#[cfg(not(feature = "lean"))]
mod held {
    /// Bytes that begin where a cache line does, so that what is read at once does not lie on two.
    #[repr(align(64))]
    struct Aligned<T: ?Sized>(T);

    static NAMES: &Aligned<[u8]> = &Aligned(*include_bytes!("names.bin"));
    static TAGGER: &Aligned<[u8]> = &Aligned(*include_bytes!("tagger.bin"));

    /// The content of a file.
    pub(super) fn table(number: usize) -> &'static [u8] {
        match number {
            0 => &NAMES.0,
            1 => &TAGGER.0,
            2 => include_bytes!("facts.bin"),
            _ => include_bytes!("prepared.bin"),
        }
    }
}

#[cfg(feature = "lean")]
mod held {
    use super::TABLES;
    use std::sync::OnceLock;

    static HELD: OnceLock<[&'static [u8]; TABLES.len()]> = OnceLock::new();
    /// What is read at once does not lie on two lines of a cache.
    const LINE: usize = 64;

    /// Provides the contents of the files [`TABLES`], once for the process and before anything else is done: without them
    /// no word is known. What is provided later is ignored.
    pub fn provide(contents: [&[u8]; TABLES.len()]) {
        HELD.get_or_init(|| contents.map(aligned));
    }

    fn aligned(content: &[u8]) -> &'static [u8] {
        let bytes: &'static mut [u8] = vec![0; content.len() + LINE].leak();
        let from = bytes.as_ptr().align_offset(LINE).min(LINE);
        let (_, bytes) = bytes.split_at_mut(from);
        let (bytes, _) = bytes.split_at_mut(content.len());
        bytes.copy_from_slice(content);
        bytes
    }

    /// The content of a file.
    pub(super) fn table(number: usize) -> &'static [u8] {
        HELD.get().map_or(&[], |tables| tables[number])
    }
}

#[cfg(feature = "lean")]
pub use held::provide;

/// The table of names.
pub(crate) fn names() -> &'static [u8] {
    held::table(0)
}

/// The weights of the tagger of names.
pub(crate) fn tagger() -> &'static [u8] {
    held::table(1)
}

/// The words of facts.
pub(crate) fn facts() -> &'static [u8] {
    held::table(2)
}

/// The lexicon.
pub(crate) fn lexicon() -> &'static [u8] {
    held::table(3)
}
