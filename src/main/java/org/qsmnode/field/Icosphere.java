package org.qsmnode.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A closed triangle mesh on the unit sphere made by splitting an icosahedron.
 *
 * @param vertices x, y, z of vertex v at 3v
 * @param faces vertex numbers of face f at 3f, anticlockwise seen from outside
 * @param neighbours vertices that share an edge with vertex v
 */
record Icosphere(double[] vertices, int[] faces, int[][] neighbours) {

  private static final double GOLDEN = (1 + Math.sqrt(5)) / 2;

  private static final double[][] CORNERS = {
    {-1, GOLDEN, 0}, {1, GOLDEN, 0}, {-1, -GOLDEN, 0}, {1, -GOLDEN, 0},
    {0, -1, GOLDEN}, {0, 1, GOLDEN}, {0, -1, -GOLDEN}, {0, 1, -GOLDEN},
    {GOLDEN, 0, -1}, {GOLDEN, 0, 1}, {-GOLDEN, 0, -1}, {-GOLDEN, 0, 1}
  };

  private static final int[] FACES = {
    0, 11, 5, 0, 5, 1, 0, 1, 7, 0, 7, 10, 0, 10, 11, 1, 5, 9, 5, 11, 4, 11, 10, 2, 10, 7, 6, 7, 1,
    8, 3, 9, 4, 3, 4, 2, 3, 2, 6, 3, 6, 8, 3, 8, 9, 4, 9, 5, 2, 4, 11, 6, 2, 10, 8, 6, 7, 9, 8, 1
  };

  /** The mesh after {@code splits} rounds, each of which makes four triangles of one. */
  static Icosphere split(int splits) {
    List<double[]> points = new ArrayList<>();
    for (double[] corner : CORNERS) {
      points.add(onSphere(corner));
    }
    int[] faces = FACES;
    for (int s = 0; s < splits; s++) {
      faces = split(points, faces);
    }
    double[] vertices = new double[3 * points.size()];
    for (int v = 0; v < points.size(); v++) {
      System.arraycopy(points.get(v), 0, vertices, 3 * v, 3);
    }
    return new Icosphere(vertices, faces, neighbours(points.size(), faces));
  }

  int count() {
    return neighbours.length;
  }

  private static int[] split(List<double[]> points, int[] faces) {
    Map<Long, Integer> middles = new HashMap<>();
    int[] result = new int[4 * faces.length];
    for (int f = 0; f < faces.length; f += 3) {
      int a = faces[f];
      int b = faces[f + 1];
      int c = faces[f + 2];
      int ab = middle(points, middles, a, b);
      int bc = middle(points, middles, b, c);
      int ca = middle(points, middles, c, a);
      int[] four = {a, ab, ca, b, bc, ab, c, ca, bc, ab, bc, ca};
      System.arraycopy(four, 0, result, 4 * f, 12);
    }
    return result;
  }

  private static int middle(List<double[]> points, Map<Long, Integer> middles, int a, int b) {
    long key = (long) Math.min(a, b) << 32 | Math.max(a, b);
    return middles.computeIfAbsent(
        key,
        k -> {
          double[] p = points.get(a);
          double[] q = points.get(b);
          points.add(onSphere(new double[] {p[0] + q[0], p[1] + q[1], p[2] + q[2]}));
          return points.size() - 1;
        });
  }

  private static double[] onSphere(double[] p) {
    double norm = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
    return new double[] {p[0] / norm, p[1] / norm, p[2] / norm};
  }

  private static int[][] neighbours(int count, int[] faces) {
    int[][] result = new int[count][];
    int[] used = new int[count];
    for (int v = 0; v < count; v++) {
      result[v] = new int[6];
    }
    for (int f = 0; f < faces.length; f += 3) {
      for (int k = 0; k < 3; k++) {
        int v = faces[f + k];
        result[v][used[v]++] = faces[f + (k + 1) % 3];
      }
    }
    for (int v = 0; v < count; v++) {
      result[v] = Arrays.copyOf(result[v], used[v]);
    }
    return result;
  }
}
