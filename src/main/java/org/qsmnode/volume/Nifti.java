package org.qsmnode.volume;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Reads and writes single-file NIfTI-1 images ({@code .nii}, {@code .nii.gz}) of three or four
 * dimensions.
 *
 * <p>Voxels are neither reordered nor resampled; the affine is converted between the file's RAS and
 * the product's LPS frame. Source: NIfTI-1.1 header definition, nifti.nimh.nih.gov.
 */
public final class Nifti {

  private static final int HEADER_BYTES = 348;
  private static final int DATA_OFFSET = 352;
  private static final int DIM = 40;
  private static final int DATATYPE = 70;
  private static final int BITPIX = 72;
  private static final int PIXDIM_TIME = 92;
  private static final int VOX_OFFSET = 108;
  private static final int SCL_SLOPE = 112;
  private static final int SCL_INTER = 116;
  private static final int MAGIC = 344;
  private static final int CHUNK_VOXELS = 1 << 16;
  private static final long LARGEST_GZIP_RATIO = 1100;

  private Nifti() {}

  /**
   * Reads a file; whether it is compressed is decided by its first bytes.
   *
   * @throws IOException when the file is not NIfTI-1, is cut short, holds a voxel type that is no
   *     real number, or has a sheared geometry
   */
  public static NiftiImage read(Path path) throws IOException {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      raw.mark(2);
      boolean gzip = raw.read() == 0x1f && raw.read() == 0x8b;
      raw.reset();
      long available = Files.size(path) * (gzip ? LARGEST_GZIP_RATIO : 1);
      return read(gzip ? new GZIPInputStream(raw, 1 << 16) : raw, available);
    }
  }

  private static NiftiImage read(InputStream in, long available) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(exactly(in, HEADER_BYTES));
    if (header.getInt(0) != HEADER_BYTES) {
      header.order(ByteOrder.LITTLE_ENDIAN);
    }
    if (header.getInt(0) != HEADER_BYTES
        || header.get(MAGIC) != 'n'
        || header.get(MAGIC + 1) != '+'
        || header.get(MAGIC + 2) != '1') {
      throw new IOException("not a single-file NIfTI-1 image");
    }
    int[] dim = new int[8];
    for (int i = 0; i < 8; i++) {
      dim[i] = header.getShort(DIM + 2 * i);
      if (i > 0 && i <= dim[0] && dim[i] < 1 || dim[0] < 1 || dim[0] > 7) {
        throw new IOException("NIfTI matrix size is not positive");
      }
    }
    for (int i = dim[0] + 1; i < 8; i++) {
      dim[i] = 1;
    }
    if ((long) dim[5] * dim[6] * dim[7] != 1) {
      throw new IOException("NIfTI image has more than four dimensions");
    }
    NiftiType type = NiftiType.of(header.getShort(DATATYPE));
    long voxels = (long) dim[1] * dim[2] * dim[3];
    if (voxels * dim[4] * type.bytes() > available) {
      throw new EOFException("NIfTI file is shorter than its header says");
    }
    Grid grid = NiftiGeometry.read(header, dim[1], dim[2], dim[3]);
    float offset = header.getFloat(VOX_OFFSET);
    in.skipNBytes(Math.max(0, (long) offset - HEADER_BYTES));
    double slope = header.getFloat(SCL_SLOPE);
    double intercept = header.getFloat(SCL_INTER);
    if (slope == 0 || !Double.isFinite(slope) || !Double.isFinite(intercept)) {
      slope = 1;
      intercept = 0;
    }
    List<Volume> volumes = new ArrayList<>();
    for (int t = 0; t < dim[4]; t++) {
      volumes.add(readVolume(in, grid, type, header.order(), slope, intercept));
    }
    return new NiftiImage(grid, volumes);
  }

  private static Volume readVolume(
      InputStream in, Grid grid, NiftiType type, ByteOrder order, double slope, double intercept)
      throws IOException {
    float[] values = new float[grid.size()];
    for (int start = 0; start < values.length; start += CHUNK_VOXELS) {
      int count = Math.min(CHUNK_VOXELS, values.length - start);
      ByteBuffer bytes = ByteBuffer.wrap(exactly(in, count * type.bytes())).order(order);
      for (int i = 0; i < count; i++) {
        double value = type.value(bytes, i);
        values[start + i] = (float) (slope * value + intercept);
      }
    }
    return new Volume(grid, values);
  }

  private static byte[] exactly(InputStream in, int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("NIfTI file is shorter than its header says");
    }
    return bytes;
  }

  /** Writes one float32 volume; compressed when the name ends in {@code .gz}. */
  public static void write(Path path, Volume volume) throws IOException {
    write(path, List.of(volume));
  }

  /** Writes float32 volumes of one grid; a list of one becomes a three-dimensional file. */
  public static void write(Path path, List<Volume> volumes) throws IOException {
    NiftiImage image = new NiftiImage(volumes.get(0).grid(), volumes);
    try (OutputStream out = open(path)) {
      out.write(header(image.grid(), volumes.size(), NiftiType.FLOAT32));
      for (Volume volume : image.volumes()) {
        writeFloats(out, volume.data());
      }
    }
  }

  /** Writes a mask as uint8, 1 inside. */
  public static void write(Path path, Mask mask) throws IOException {
    try (OutputStream out = open(path)) {
      out.write(header(mask.grid(), 1, NiftiType.UINT8));
      byte[] bytes = new byte[mask.data().length];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (mask.data()[i] ? 1 : 0);
      }
      out.write(bytes);
    }
  }

  private static void writeFloats(OutputStream out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * CHUNK_VOXELS).order(ByteOrder.LITTLE_ENDIAN);
    for (int start = 0; start < values.length; start += CHUNK_VOXELS) {
      int count = Math.min(CHUNK_VOXELS, values.length - start);
      bytes.asFloatBuffer().put(values, start, count);
      out.write(bytes.array(), 0, 4 * count);
    }
  }

  private static byte[] header(Grid grid, int volumes, NiftiType type) {
    ByteBuffer header = ByteBuffer.allocate(DATA_OFFSET).order(ByteOrder.LITTLE_ENDIAN);
    header.putInt(0, HEADER_BYTES);
    int[] dim = {volumes > 1 ? 4 : 3, grid.nx(), grid.ny(), grid.nz(), volumes, 1, 1, 1};
    for (int i = 0; i < dim.length; i++) {
      if (dim[i] > Short.MAX_VALUE) {
        throw new IllegalArgumentException("NIfTI-1 holds at most 32767 voxels per axis");
      }
      header.putShort(DIM + 2 * i, (short) dim[i]);
    }
    header.putShort(DATATYPE, type.code());
    header.putShort(BITPIX, (short) (8 * type.bytes()));
    header.putFloat(PIXDIM_TIME, 1);
    header.putFloat(VOX_OFFSET, DATA_OFFSET);
    header.putFloat(SCL_SLOPE, 1);
    NiftiGeometry.write(grid, header);
    header.put(MAGIC, "n+1\0".getBytes(StandardCharsets.US_ASCII));
    return header.array();
  }

  private static OutputStream open(Path path) throws IOException {
    OutputStream file = Files.newOutputStream(path);
    if (path.toString().endsWith(".gz")) {
      return new BufferedOutputStream(new FastGzip(file), 1 << 16);
    }
    return new BufferedOutputStream(file, 1 << 16);
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
