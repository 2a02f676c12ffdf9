//! Requests and replies as bytes on their way between page and worker, in the form of `postcard`.
//!
//! Page and worker are one program: a message that cannot be read is a fault of it, and so the reader has no
//! errors. `postcard`'s own may return one from each field, and to drop the fields before it was half of the
//! code that reads a reply.

use std::fmt::{self, Display};

use serde::de::value::U32Deserializer;
use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::{Serialize, forward_to_deserialize_any};

/// Writes a message.
pub fn write(message: &impl Serialize) -> Vec<u8> {
    // Names and cells are text, numbers are numbers: a message always serialises.
    postcard::to_stdvec(message).unwrap_or_default()
}

/// Reads a message that [`write`] wrote.
///
/// # Panics
/// The bytes are no such message.
pub fn read<'de, T: Deserialize<'de>>(bytes: &'de [u8]) -> T {
    let Ok(message) = T::deserialize(&mut Reader { rest: bytes });
    message
}

/// The error that never is.
#[derive(Debug)]
enum Never {}

impl Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl de::Error for Never {
    fn custom<T: Display>(_: T) -> Self {
        unreadable()
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        unreadable()
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        unreadable()
    }
}

#[cold]
fn unreadable() -> ! {
    panic!("a message that cannot be read")
}

struct Reader<'de> {
    rest: &'de [u8],
}

impl<'de> Reader<'de> {
    fn bytes(&mut self, len: usize) -> &'de [u8] {
        let Some((bytes, rest)) = self.rest.split_at_checked(len) else { unreadable() };
        self.rest = rest;
        bytes
    }

    fn byte(&mut self) -> u8 {
        let Some((byte, rest)) = self.rest.split_first() else { unreadable() };
        self.rest = rest;
        *byte
    }

    /// A number, seven bits a byte, the lowest first.
    fn number(&mut self) -> u64 {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let byte = self.byte();
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return number;
            }
        }
        unreadable()
    }

    /// A number with a sign, which is its lowest bit.
    fn signed_number(&mut self) -> i64 {
        let number = self.number();
        (number >> 1) as i64 ^ -((number & 1) as i64)
    }

    fn text(&mut self) -> &'de str {
        let len = self.number() as usize;
        let Ok(text) = str::from_utf8(self.bytes(len)) else { unreadable() };
        text
    }

    fn items(&mut self, left: usize) -> Items<'_, 'de> {
        Items { reader: self, left }
    }
}

/// Reads values by a method of the reader.
macro_rules! values {
    ($($deserialize:ident: $read:ident as $type:ty, $visit:ident;)*) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
            visitor.$visit(self.$read() as $type)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Never;

    values! {
        deserialize_u8: byte as u8, visit_u8;
        deserialize_u16: number as u16, visit_u16;
        deserialize_u32: number as u32, visit_u32;
        deserialize_u64: number as u64, visit_u64;
        deserialize_i8: byte as i8, visit_i8;
        deserialize_i16: signed_number as i16, visit_i16;
        deserialize_i32: signed_number as i32, visit_i32;
        deserialize_i64: signed_number as i64, visit_i64;
        deserialize_str: text as &'de str, visit_borrowed_str;
        deserialize_string: text as &'de str, visit_borrowed_str;
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_bool(self.byte() != 0)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        if self.byte() == 0 { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        let len = self.number() as usize;
        visitor.visit_seq(self.items(len))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(self.items(len))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(self.items(len))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Never> {
        let len = self.number() as usize;
        visitor.visit_map(self.items(len))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(self.items(fields.len()))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_enum(self)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Never> {
        // The form does not say what stands in it.
        unreadable()
    }

    forward_to_deserialize_any! { i128 u128 f32 f64 char bytes byte_buf identifier ignored_any }

    fn is_human_readable(&self) -> bool {
        false
    }
}

/// So many values, one behind another.
struct Items<'r, 'de> {
    reader: &'r mut Reader<'de>,
    left: usize,
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Never;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Never> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        seed.deserialize(&mut *self.reader).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

impl<'de> MapAccess<'de> for Items<'_, 'de> {
    type Error = Never;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Never> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Never> {
        seed.deserialize(&mut *self.reader)
    }
}

impl<'de> EnumAccess<'de> for &mut Reader<'de> {
    type Error = Never;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Never> {
        let variant: U32Deserializer<Never> = (self.number() as u32).into_deserializer();
        Ok((seed.deserialize(variant)?, self))
    }
}

impl<'de> VariantAccess<'de> for &mut Reader<'de> {
    type Error = Never;

    fn unit_variant(self) -> Result<(), Never> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Never> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Never> {
        visitor.visit_seq(self.items(len))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Never> {
        visitor.visit_seq(self.items(fields.len()))
    }
}
