package org.qsmnode.pipeline;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;

/** Reads a derived series back as a receiver would: pixels by InstanceNumber, in ppb. */
final class DerivedMap {

  private DerivedMap() {}

  static short[] ppb(List<Path> files) throws IOException {
    short[] volume = new short[0];
    for (Path file : files) {
      Attributes image = read(file);
      int size = image.getInt(Tag.Rows, 0) * image.getInt(Tag.Columns, 0);
      if (volume.length == 0) {
        volume = new short[size * files.size()];
      }
      ShortBuffer pixels =
          ByteBuffer.wrap(image.getSafeBytes(Tag.PixelData))
              .order(ByteOrder.LITTLE_ENDIAN)
              .asShortBuffer();
      pixels.get(volume, size * (image.getInt(Tag.InstanceNumber, 0) - 1), size);
    }
    return volume;
  }

  static Attributes read(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return in.readDataset();
    }
  }

  /** Pearson correlation over the voxels of {@code mask}. */
  static double correlation(short[] a, float[] b, boolean[] mask) {
    double n = 0;
    double meanA = 0;
    double meanB = 0;
    for (int i = 0; i < a.length; i++) {
      if (mask[i]) {
        n++;
        meanA += a[i];
        meanB += b[i];
      }
    }
    meanA /= n;
    meanB /= n;
    double aa = 0;
    double bb = 0;
    double ab = 0;
    for (int i = 0; i < a.length; i++) {
      if (mask[i]) {
        aa += (a[i] - meanA) * (a[i] - meanA);
        bb += (b[i] - meanB) * (b[i] - meanB);
        ab += (a[i] - meanA) * (b[i] - meanB);
      }
    }
    return ab / Math.sqrt(aa * bb);
  }
}
