package io.millwright.network.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Nodes and the links between them. Nodes have places, counted from 0 in the order in which links name them.
public final class Topology {

    private final List<Link> links;
    private final int[] origins;
    private final int[] targets;
    private final Map<Integer, Integer> places = new HashMap<>();
    private final List<List<Integer>> leaving = new ArrayList<>();
    private final List<List<Integer>> entering = new ArrayList<>();

    /// @param links each direction of each link once
    public Topology(List<Link> links) {
        this.links = List.copyOf(links);
        origins = new int[this.links.size()];
        targets = new int[this.links.size()];
        for (int i = 0; i < origins.length; i++) {
            origins[i] = put(this.links.get(i).from());
            leaving.get(origins[i]).add(i);
            targets[i] = put(this.links.get(i).to());
            entering.get(targets[i]).add(i);
        }
    }

    private int put(int node) {
        return places.computeIfAbsent(node, _ -> {
            leaving.add(new ArrayList<>());
            entering.add(new ArrayList<>());
            return leaving.size() - 1;
        });
    }

    /// Its links; elsewhere a link is named by its index here.
    public List<Link> links() {
        return links;
    }

    /// Whether a link begins or ends at the node.
    public boolean has(int node) {
        return places.containsKey(node);
    }

    int nodes() {
        return leaving.size();
    }

    /// The place of a node that is there.
    int place(int node) {
        return places.getOrDefault(node, -1);
    }

    /// The node at a place.
    int node(int place) {
        return leaving.get(place).isEmpty()
                ? links.get(entering.get(place).getFirst()).to()
                : links.get(leaving.get(place).getFirst()).from();
    }

    int target(int link) {
        return targets[link];
    }

    int origin(int link) {
        return origins[link];
    }

    /// The links that begin at a place.
    List<Integer> leaving(int place) {
        return leaving.get(place);
    }

    /// The links that end at a place.
    List<Integer> entering(int place) {
        return entering.get(place);
    }
}
