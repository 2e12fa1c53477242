package io.twinleg.journal;

import io.twinleg.core.model.BookSnapshot;
import io.twinleg.core.model.Price;
import io.twinleg.core.model.PriceLevel;
import io.twinleg.core.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * A book as two flat lists, bids and asks: price, size, price, size. Books are most of a journal,
 * and a name at every number would double it.
 */
final class BookSnapshotJson {
  private BookSnapshotJson() {}

  static final class Writer extends StdSerializer<BookSnapshot> {
    Writer() {
      super(BookSnapshot.class);
    }

    @Override
    public void serialize(BookSnapshot book, JsonGenerator json, SerializationContext context) {
      json.writeStartArray();
      write(book.bids(), json);
      write(book.asks(), json);
      json.writeEndArray();
    }

    private static void write(List<PriceLevel> levels, JsonGenerator json) {
      json.writeStartArray();
      for (PriceLevel level : levels) {
        json.writeString(PriceText.write(level.price()));
        json.writeString(level.quantity().toString());
      }
      json.writeEndArray();
    }
  }

  static final class Reader extends StdDeserializer<BookSnapshot> {
    Reader() {
      super(BookSnapshot.class);
    }

    @Override
    public BookSnapshot deserialize(JsonParser json, DeserializationContext context) {
      expect(JsonToken.START_ARRAY, json.currentToken());
      List<PriceLevel> bids = levels(json);
      List<PriceLevel> asks = levels(json);
      expect(JsonToken.END_ARRAY, json.nextToken());
      return new BookSnapshot(bids, asks);
    }

    private static List<PriceLevel> levels(JsonParser json) {
      expect(JsonToken.START_ARRAY, json.nextToken());
      List<PriceLevel> levels = new ArrayList<>();
      while (json.nextToken() == JsonToken.VALUE_STRING) {
        Price price = PriceText.read(json.getString());
        expect(JsonToken.VALUE_STRING, json.nextToken());
        levels.add(new PriceLevel(price, Quantity.of(json.getString())));
      }
      expect(JsonToken.END_ARRAY, json.currentToken());
      return levels;
    }

    private static void expect(JsonToken expected, JsonToken found) {
      if (found != expected) {
        throw new IllegalArgumentException("a book needs " + expected + ", found " + found);
      }
    }
  }
}
