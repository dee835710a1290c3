package org.qsmnode.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.ElementDictionary;
import org.dcm4che3.data.Sequence;
import org.dcm4che3.data.Tag;
import org.dcm4che3.data.VR;
import org.jspecify.annotations.Nullable;

/**
 * Writes data sets in the DICOM JSON model (PS3.18 annex F), as UTF-8.
 *
 * <p>Numbers of IS and DS that cannot be read as such stay strings. Values of a form that JSON has
 * no number for (not a number, infinite) are strings too. Group lengths are left out.
 */
final class DicomJson {

  private static final JsonFactory JSON = new JsonFactory();
  private static final List<String> NAME_GROUPS = List.of("Alphabetic", "Ideographic", "Phonetic");

  private final JsonGenerator out;

  private DicomJson(JsonGenerator out) {
    this.out = out;
  }

  /** One data set. */
  static byte[] object(Attributes dataSet) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      new DicomJson(out).write(dataSet, Map.of());
    }
    return bytes.toByteArray();
  }

  /** An array of data sets. */
  static byte[] array(List<Attributes> dataSets) throws IOException {
    return linked(dataSets.stream().map(one -> new Linked(one, Map.of())).toList());
  }

  /** An array of data sets with links to bulk data. */
  static byte[] linked(List<Linked> dataSets) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartArray();
      for (Linked one : dataSets) {
        new DicomJson(out).write(one.dataSet(), one.links());
      }
      out.writeEndArray();
    }
    return bytes.toByteArray();
  }

  /**
   * A data set and, by tag, where values are that it lacks.
   *
   * @param links tag to absolute URL; such tags lie behind those of the data set
   */
  record Linked(Attributes dataSet, Map<Integer, String> links) {}

  private void write(Attributes dataSet, Map<Integer, String> links) throws IOException {
    out.writeStartObject();
    for (int tag : dataSet.tags()) {
      if ((tag & 0xffff) != 0) {
        attribute(dataSet, tag);
      }
    }
    for (Map.Entry<Integer, String> link : links.entrySet()) {
      out.writeObjectFieldStart("%08X".formatted(link.getKey()));
      out.writeStringField("vr", ElementDictionary.vrOf(link.getKey(), null).name());
      out.writeStringField("BulkDataURI", link.getValue());
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private void attribute(Attributes dataSet, int tag) throws IOException {
    VR vr = dataSet.getVR(tag);
    out.writeObjectFieldStart("%08X".formatted(tag));
    out.writeStringField("vr", vr.name());
    if (tag == Tag.SpecificCharacterSet) {
      out.writeArrayFieldStart("Value");
      out.writeString("ISO_IR 192");
      out.writeEndArray();
    } else if (dataSet.containsValue(tag)) {
      values(dataSet, tag, vr);
    }
    out.writeEndObject();
  }

  private void values(Attributes dataSet, int tag, VR vr) throws IOException {
    if (vr.isInlineBinary()) {
      byte[] bytes = dataSet.getBytes(tag);
      out.writeBinaryField(
          "InlineBinary", dataSet.bigEndian() ? vr.toggleEndian(bytes, true) : bytes);
      return;
    }
    out.writeArrayFieldStart("Value");
    switch (vr) {
      case SQ -> items(dataSet.getSequence(tag));
      case AT -> {
        for (int value : dataSet.getInts(tag)) {
          out.writeString("%08X".formatted(value));
        }
      }
      case US, SS, SL -> {
        for (int value : dataSet.getInts(tag)) {
          out.writeNumber(value);
        }
      }
      case UL -> {
        for (int value : dataSet.getInts(tag)) {
          out.writeNumber(Integer.toUnsignedLong(value));
        }
      }
      case SV -> {
        for (long value : dataSet.getLongs(tag)) {
          out.writeNumber(value);
        }
      }
      case UV -> {
        for (long value : dataSet.getLongs(tag)) {
          number(Long.toUnsignedString(value));
        }
      }
      case FL -> {
        for (float value : dataSet.getFloats(tag)) {
          number(String.valueOf(value));
        }
      }
      case FD -> {
        for (double value : dataSet.getDoubles(tag)) {
          number(String.valueOf(value));
        }
      }
      default -> {
        for (String value : dataSet.getStrings(tag)) {
          text(vr, value);
        }
      }
    }
    out.writeEndArray();
  }

  private void items(Sequence items) throws IOException {
    for (Attributes item : items) {
      write(item, Map.of());
    }
  }

  private void text(VR vr, @Nullable String value) throws IOException {
    if (value == null || value.isEmpty()) {
      out.writeNull();
    } else if (vr == VR.PN) {
      name(value);
    } else if (vr == VR.DS || vr == VR.IS) {
      number(value.trim());
    } else {
      out.writeString(value);
    }
  }

  private void name(String value) throws IOException {
    out.writeStartObject();
    String[] groups = value.split("=", -1);
    for (int i = 0; i < Math.min(groups.length, NAME_GROUPS.size()); i++) {
      if (!groups[i].isEmpty()) {
        out.writeStringField(NAME_GROUPS.get(i), groups[i]);
      }
    }
    out.writeEndObject();
  }

  private void number(String value) throws IOException {
    try {
      out.writeNumber(new BigDecimal(value));
    } catch (NumberFormatException e) {
      out.writeString(value);
    }
  }
}
