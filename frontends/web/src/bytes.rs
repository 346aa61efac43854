//! Bytes that cross between JavaScript and the module.

use std::cell::RefCell;

/// A place that JavaScript writes to or reads from; it stays where it is until it is asked to grow.
#[derive(Default)]
pub struct Bytes(RefCell<Vec<u8>>);

impl Bytes {
    /// Makes room for so many bytes and says where: valid until the next call.
    pub fn room(&self, length: usize) -> *mut u8 {
        let mut bytes = self.0.borrow_mut();
        bytes.clear();
        bytes.resize(length, 0);
        bytes.as_mut_ptr()
    }

    /// Puts other bytes there, and says how many.
    pub fn put(&self, bytes: impl Into<Vec<u8>>) -> usize {
        let bytes = bytes.into();
        let length = bytes.len();
        *self.0.borrow_mut() = bytes;
        length
    }

    /// The address of the bytes.
    pub fn place(&self) -> *const u8 {
        self.0.borrow().as_ptr()
    }

    /// How many there are.
    pub fn length(&self) -> usize {
        self.0.borrow().len()
    }

    /// Takes them.
    pub fn take(&self) -> Vec<u8> {
        self.0.take()
    }

    /// Takes them as text; what is no UTF-8 becomes the sign for that.
    pub fn take_text(&self) -> String {
        String::from_utf8_lossy(&self.take()).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_is_taken_once() {
        let bytes = Bytes::default();
        assert_eq!(bytes.put("three"), 5);
        assert_eq!((bytes.take_text(), bytes.take()), ("three".to_owned(), vec![]));
        let place = bytes.room(4);
        assert_eq!(bytes.place(), place.cast_const());
        assert_eq!(bytes.take(), [0; 4]);
        bytes.put([b'a', 0xff]);
        assert_eq!(bytes.take_text(), "a\u{fffd}");
    }
}
