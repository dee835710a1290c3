package org.qsmnode.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The weights file gives back what was written, and nothing that is incomplete. */
class WeightsTest {

  private static final Architecture SMALL = new Architecture(3, 2, List.of(4, 6), List.of(0, 1));

  @TempDir Path folder;

  private Path written() throws IOException {
    Path file = folder.resolve("weights.safetensors");
    Weights.initial(SMALL, 4).withFacts(Map.of("unit", "ppm", "inputs", "[1]")).write(file);
    return file;
  }

  @Test
  void whatWasWrittenIsReadBack() throws IOException {
    Weights expected = Weights.initial(SMALL, 4);
    Weights read = Weights.read(written());
    assertEquals(SMALL, read.architecture());
    assertEquals(Map.of("unit", "ppm", "inputs", "[1]"), read.facts());
    for (Parameter parameter : SMALL.parameters()) {
      String name = parameter.name();
      assertArrayEquals(expected.values(name), read.values(name), name);
    }
  }

  @Test
  void theFileIsLittleEndianFloat32BehindALengthAndAJsonHeader() throws IOException {
    byte[] bytes = Files.readAllBytes(written());
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) in.getLong();
    String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
    assertTrue(header.contains("\"in.weight\":{\"dtype\":\"F32\",\"shape\":[4,4,3,3,3]"), header);
    float first = in.getFloat(8 + length);
    assertEquals(Weights.initial(SMALL, 4).values("in.weight")[0], first);
    assertEquals(8 + length + 4 * Weights.initial(SMALL, 4).size(), bytes.length);
  }

  @Test
  void theDigestIsThatOfTheFileAndChangesWithEveryPartOfIt() throws IOException {
    Weights read = Weights.read(written());
    assertEquals(64, read.digest().length());
    assertEquals(read.digest(), Weights.read(written()).digest());
    assertNotEquals(read.digest(), read.withFacts(Map.of("unit", "ppb")).digest());
    float[] bias = {1, 0};
    assertNotEquals(read.digest(), read.with(Map.of("head.bias", bias)).digest());
  }

  @Test
  void aFileThatIsCutOffAnywhereIsRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(written());
    Path cut = folder.resolve("cut");
    for (int length : new int[] {0, 7, 8, 100, bytes.length / 2, bytes.length - 1}) {
      Files.write(cut, Arrays.copyOf(bytes, length));
      assertThrows(IOException.class, () -> Weights.read(cut), () -> length + " bytes");
    }
  }

  @Test
  void initialWeightsHaveTheSpreadThatKeepsActivationsInRange() {
    float[] values = Weights.initial(Architecture.standard(6, 2), 1).values("down2.weight");
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    assertEquals(Math.sqrt(2.0 / (32 * 8)), Math.sqrt(squares / values.length), 0.002);
  }

  @Test
  void aNetworkWithoutChannelsOrLevelsIsRefused() {
    List<Integer> one = List.of(1);
    assertThrows(IllegalArgumentException.class, () -> new Architecture(0, 2, one, one));
    assertThrows(IllegalArgumentException.class, () -> new Architecture(1, 2, List.of(1, 2), one));
  }
}
