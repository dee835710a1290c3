package org.qsmnode.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.qsmnode.volume.Grid;
import org.qsmnode.volume.Mask;
import org.qsmnode.volume.Nifti;
import org.qsmnode.volume.Orientation;
import org.qsmnode.volume.Vector3;
import org.qsmnode.volume.Volume;

/** A NIfTI-1 image on the command line, plain or compressed. */
final class NiftiTarget implements FuzzTarget {

  private final InputFile file = new InputFile("nifti");

  @Override
  public String name() {
    return "nifti";
  }

  @Override
  public List<byte[]> seeds() throws Exception {
    Grid grid =
        new Grid(
            3, 2, 2, 1, 2, 2.5, Orientation.ofStack(new Vector3(1, 2, 3), Vector3.X, Vector3.Y));
    Path scratch = Files.createTempFile("fuzz-seed", ".nii");
    try {
      Nifti.write(
          scratch,
          List.of(
              new Volume(grid, new float[grid.size()]), new Volume(grid, new float[grid.size()])));
      byte[] floats = Files.readAllBytes(scratch);
      Nifti.write(scratch, new Mask(grid, new boolean[grid.size()]));
      byte[] bytes = Files.readAllBytes(scratch);
      return List.of(floats, bytes, compressed(floats), compressed(bytes));
    } finally {
      Files.delete(scratch);
    }
  }

  private static byte[] compressed(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  @Override
  public void read(byte[] input) throws IOException {
    Path path = file.holding(input);
    try {
      Nifti.read(path);
    } catch (IOException e) {
      return;
    }
  }

  /** Gzip unfolds up to 1100 times, and each octet of the image becomes a float. */
  @Override
  public long mayAllocate(byte[] input) {
    return (2L << 20) + 1100L * 8 * input.length;
  }
}
