//! Which zone a parcel goes to.

mod book;
mod parcel;

pub use book::{Book, Lookup};
pub use parcel::{Parcel, Size};
