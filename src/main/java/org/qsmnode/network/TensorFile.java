package org.qsmnode.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Named float32 arrays with textual metadata in the safetensors format. The file is a little-endian
 * 64-bit header length, a JSON header and the little-endian values. The header maps a name to
 * dtype, shape and data_offsets; {@code __metadata__} maps strings to strings.
 *
 * @param metadata texts by name
 * @param arrays arrays by name, in file order
 */
record TensorFile(Map<String, String> metadata, Map<String, Array> arrays) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  /** One array: the first axis of the shape is slowest. */
  record Array(List<Integer> shape, float[] values) {}

  byte[] bytes() throws IOException {
    ObjectNode header = JSON.createObjectNode();
    ObjectNode texts = header.putObject(METADATA);
    new TreeMap<>(metadata).forEach(texts::put);
    long offset = 0;
    for (Map.Entry<String, Array> entry : arrays.entrySet()) {
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", "F32");
      entry.getValue().shape().forEach(node.putArray("shape")::add);
      long end = offset + (long) Float.BYTES * entry.getValue().values().length;
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsBytes(header);
    int length = (json.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer out =
        ByteBuffer.allocate(Math.toIntExact(Long.BYTES + length + offset))
            .order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(length).put(json);
    IntStream.range(json.length, length).forEach(i -> out.put((byte) ' '));
    for (Array array : arrays.values()) {
      for (float value : array.values()) {
        out.putFloat(value);
      }
    }
    return out.array();
  }

  /** Reads what {@link #bytes} wrote; refuses anything that is cut off or inconsistent. */
  static TensorFile of(byte[] bytes) throws IOException {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < Long.BYTES) {
      throw new IOException("the weights file is too short for its header");
    }
    long length = in.getLong();
    if (length < 2 || length > bytes.length - Long.BYTES) {
      throw new IOException("the weights file has a header of impossible length " + length);
    }
    JsonNode header =
        JSON.readTree(new String(bytes, Long.BYTES, (int) length, StandardCharsets.UTF_8));
    ByteBuffer data =
        in.slice(Long.BYTES + (int) length, bytes.length - Long.BYTES - (int) length)
            .order(ByteOrder.LITTLE_ENDIAN);
    Map<String, String> metadata = new LinkedHashMap<>();
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : header.properties()) {
      if (entry.getKey().equals(METADATA)) {
        entry.getValue().properties().forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
      } else {
        arrays.put(entry.getKey(), array(entry.getKey(), entry.getValue(), data));
      }
    }
    return new TensorFile(metadata, arrays);
  }

  private static Array array(String name, JsonNode node, ByteBuffer data) throws IOException {
    List<Integer> shape =
        IntStream.range(0, node.path("shape").size())
            .mapToObj(i -> node.path("shape").get(i).asInt())
            .toList();
    long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    long from = node.path("data_offsets").path(0).asLong(-1);
    long to = node.path("data_offsets").path(1).asLong(-1);
    if (!node.path("dtype").asText().equals("F32")
        || from < 0
        || to > data.capacity()
        || to - from != Float.BYTES * size) {
      throw new IOException("the weights file holds no complete float32 array " + name);
    }
    float[] values = new float[(int) size];
    data.slice((int) from, (int) (to - from))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return new Array(shape, values);
  }
}
