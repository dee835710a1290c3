package org.qsmnode.derive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import java.util.List;
import org.dcm4che3.data.Attributes;
import org.dcm4che3.data.Tag;
import org.dcm4che3.io.DicomInputStream;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** Reads a derived series of classic MR images back from its files. */
public final class DerivedSeriesReader {

  private DerivedSeriesReader() {}

  /**
   * The stored values as a volume in ppb, background as it is stored: 0 in a mean, -1 in a standard
   * deviation.
   *
   * @param files slices in ascending position, two or more
   * @throws IOException if a file cannot be read or the slices are no stack of one size
   */
  public static Volume ppb(List<Path> files) throws IOException {
    if (files.size() < 2) {
      throw new IOException("a derived series has two slices or more");
    }
    Attributes first = read(files.get(0));
    Grid grid = grid(first, read(files.get(files.size() - 1)), files.size());
    float[] ppb = new float[grid.size()];
    int plane = grid.nx() * grid.ny();
    for (int z = 0; z < files.size(); z++) {
      byte[] bytes = read(files.get(z)).getSafeBytes(Tag.PixelData);
      if (bytes == null || bytes.length != 2 * plane) {
        throw new IOException("a slice of the derived series has another size");
      }
      ShortBuffer pixels = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
      for (int i = 0; i < plane; i++) {
        ppb[z * plane + i] = pixels.get(i);
      }
    }
    return new Volume(grid, ppb);
  }

  /** What made the series: SoftwareVersions of one of its files. */
  public static List<String> softwareVersions(Path file) throws IOException {
    String[] versions = read(file).getStrings(Tag.SoftwareVersions);
    return versions == null ? List.of() : List.of(versions);
  }

  private static Grid grid(Attributes first, Attributes last, int slices) throws IOException {
    double[] axes = numbers(first, Tag.ImageOrientationPatient, 6);
    double[] spacing = numbers(first, Tag.PixelSpacing, 2);
    Vector3 start = position(first);
    return new Grid(
        first.getInt(Tag.Columns, 0),
        first.getInt(Tag.Rows, 0),
        slices,
        spacing[1],
        spacing[0],
        position(last).minus(start).norm() / (slices - 1),
        Orientation.ofStack(
            start, new Vector3(axes[0], axes[1], axes[2]), new Vector3(axes[3], axes[4], axes[5])));
  }

  private static Vector3 position(Attributes slice) throws IOException {
    double[] mm = numbers(slice, Tag.ImagePositionPatient, 3);
    return new Vector3(mm[0], mm[1], mm[2]);
  }

  private static double[] numbers(Attributes slice, int tag, int count) throws IOException {
    double[] numbers = slice.getDoubles(tag);
    if (numbers == null || numbers.length != count) {
      throw new IOException("a slice of the derived series does not say where it lies");
    }
    return numbers;
  }

  private static Attributes read(Path file) throws IOException {
    try (DicomInputStream in = new DicomInputStream(file.toFile())) {
      return in.readDataset();
    }
  }
}
