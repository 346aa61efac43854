//! Hyper-parameters for a learner: the place of each, its name, and the values it can be set to.
//!
//! `gan_core::parameters` says what there is and what may be; here is every word about it. What is set together is
//! one [`Setting`](lab::Setting), named by the first parameter of its family: a technique and all its numbers.

mod names;
mod number;
mod offers;
mod places;
mod words;

pub(crate) use names::{Named, changed, choice, is_on, phrase, value_of};
pub(crate) use number::Number;
pub(crate) use offers::{Menu, alternatives, differences, ladder, noises, others, switched_on, usual};
pub(crate) use places::Place;
