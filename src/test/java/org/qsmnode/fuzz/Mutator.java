package org.qsmnode.fuzz;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils inputs at random; the same seed spoils them in the same way. */
final class Mutator {

  private static final byte[] TELLING = {0, 1, '*', '\\', '\n', '"', '-', (byte) 0x7f, (byte) 0xff};

  private final List<byte[]> inputs;
  private final Random random;

  Mutator(List<byte[]> inputs, long seed) {
    this.inputs = inputs;
    this.random = new Random(seed);
  }

  /** One of the inputs with one to four changes. */
  byte[] next() {
    byte[] mutant = any().clone();
    for (int n = 1 + random.nextInt(4); n > 0; n--) {
      mutant = changed(mutant);
    }
    return mutant;
  }

  private byte[] changed(byte[] bytes) {
    if (bytes.length == 0) {
      return any().clone();
    }
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(7)) {
      case 0 -> bytes[at] = (byte) random.nextInt();
      case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> bytes[at] = TELLING[random.nextInt(TELLING.length)];
      case 3 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 4 -> {
        int length = Math.min(random.nextInt(64), bytes.length - at);
        System.arraycopy(bytes, at, bytes, random.nextInt(bytes.length - length + 1), length);
      }
      case 5 -> {
        return joined(bytes, at, any());
      }
      default -> Arrays.fill(bytes, at, Math.min(bytes.length, at + 4), TELLING[at % 9]);
    }
    return bytes;
  }

  /** The first octets of one with the last ones of another. */
  private byte[] joined(byte[] first, int length, byte[] second) {
    int from = second.length == 0 ? 0 : random.nextInt(second.length);
    byte[] joined = Arrays.copyOf(first, length + second.length - from);
    System.arraycopy(second, from, joined, length, second.length - from);
    return joined;
  }

  private byte[] any() {
    return inputs.get(random.nextInt(inputs.size()));
  }
}
