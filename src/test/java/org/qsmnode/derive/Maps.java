package org.qsmnode.derive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Volume;

/** Small maps that fit the source headers of these tests, and how to read results back. */
final class Maps {

  static final DerivationIdentity IDENTITY =
      new DerivationIdentity(
          "gaussian", "lambda=0.1", "0.1.0", List.of(), "0123456789abcdef".repeat(4));
  static final DerivationFacts FACTS =
      new DerivationFacts(
          new double[] {0.0041, 0.0083, 0.0125}, "M/P", List.of("Slice chopper: absent."), "made");

  private Maps() {}

  static DerivedMaps both() {
    Volume mean = Volume.zeros(SourceHeaders.GRID);
    Volume sd = Volume.zeros(SourceHeaders.GRID);
    boolean[] inside = new boolean[SourceHeaders.GRID.size()];
    for (int i = 0; i < inside.length; i++) {
      inside[i] = i % 3 != 0;
      mean.data()[i] = (float) Math.sin(i) / 5;
      sd.data()[i] = 0.01f + i / 5000f;
    }
    return new DerivedMaps(mean, Optional.of(sd), new Mask(SourceHeaders.GRID, inside));
  }

  static Attributes read(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return in.readDataset();
    }
  }

  static short[] pixels(Attributes image) {
    byte[] bytes = image.getSafeBytes(Tag.PixelData);
    short[] pixels = new short[bytes.length / 2];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pixels);
    return pixels;
  }
}
