/*
 * The tie loop of trustsim/worlds/communicate.py by hand: on each tie, perhaps, the trustee says or does something that
 * bears on trust, and three beliefs move. What a careful C programmer would write for the same arrays, worlds last: one
 * pass over the worlds of a tie, everything between load and store in registers.
 *
 * Arithmetic is that of trustsim/rules, operation by operation, so that results are equal to the bit; tie_loop.py says
 * with which flags.
 */
#include <math.h>
#include <stddef.h>
#include <stdint.h>

enum { ABILITY, BENEVOLENCE, INTEGRITY, BELIEFS };

/* The fields are those of `Loop` in tie_loop.py, in its order; shapes in brackets, worlds last unless it says not. */
struct loop {
    int64_t weeks, people, ties, places, worlds;
    /* organization, by tie */
    const int32_t *truster, *trustee, *tie_unit;
    const int8_t *kind;
    const uint8_t *cross, *upward;
    /* luck */
    const double *message;                         /* (weeks, ties, 4), no worlds */
    /* state */
    double *belief;                                /* (ties, 3) */
    const double *scar, *rapport;                  /* (ties) */
    const double *staffed, *propensity;            /* (people) */
    double *understanding;                         /* (people) */
    /* this week's tables */
    const double *shown;                           /* (people, 3) */
    const double *noise, *clear, *doubt;           /* (people) */
    double *contacts;                              /* (people) */
    const double *contact;                         /* (kinds, places) */
    const double *most_contact;                    /* (kinds, places), no worlds */
    const double *gain_repair;                     /* (places) */
    const double *loss;                            /* () */
    /* levers */
    const double *lift;                            /* (3, places) */
    const double *mediation;                       /* (places) */
    /* parameters */
    const double *base;                            /* (kinds) */
    const double *gain, *gate, *drift, *floor, *learning;                                      /* () */
    const double *weight_ability, *weight_benevolence, *weight_integrity, *weight_propensity;  /* () */
};

/* ---------------------------------------------------------------- rules */

static inline double share(double x)
{
    x = x < 0.0 ? 0.0 : x;
    return x > 1.0 ? 1.0 : x;
}

static inline double triangular(double u)
{
    return u < 0.5 ? sqrt(2.0 * u) - 1.0 : 1.0 - sqrt(2.0 * (1.0 - u));
}

static inline double believe(double belief, double perceived, double gain, double loss, double gate)
{
    double distance = perceived - belief;
    double far = distance < 0.0 ? -distance : distance;
    double rate = (distance < 0.0 ? loss : gain) * (1.0 - gate * far);
    return belief + (rate > 1.0 ? 1.0 : rate) * distance;
}

static inline double erode(double belief, double propensity, double drift)
{
    return belief + drift * (propensity - belief);
}

static inline double mediate(double belief, double floor, double mediation)
{
    double gap = floor - belief;
    return belief + mediation * (gap > 0.0 ? gap : 0.0);
}

/* ---------------------------------------------------------------- one tie, all worlds */

/* Nobody has contact in any world. */
static void be_quiet(const struct loop *l, ptrdiff_t t, ptrdiff_t i, ptrdiff_t u)
{
    const ptrdiff_t worlds = l->worlds;
    double *restrict ability = l->belief + (t * BELIEFS + ABILITY) * worlds;
    double *restrict benevolence = l->belief + (t * BELIEFS + BENEVOLENCE) * worlds;
    double *restrict integrity = l->belief + (t * BELIEFS + INTEGRITY) * worlds;
    const double *restrict scar = l->scar + t * worlds;
    const double *restrict propensity = l->propensity + i * worlds;
    const double *restrict mediation = l->mediation + u * worlds;
    const double *restrict drift = l->drift, *restrict floor = l->floor;

#pragma GCC ivdep
    for (ptrdiff_t w = 0; w < worlds; w++) {
        double p = propensity[w], d = drift[w], f = floor[w], m = mediation[w];
        double b = mediate(erode(benevolence[w], p, d), f, m), c = mediate(erode(integrity[w], p, d), f, m);
        ability[w] = mediate(erode(ability[w], p, d), f, m);
        benevolence[w] = scar[w] < b ? scar[w] : b;
        integrity[w] = scar[w] < c ? scar[w] : c;
    }
}

/* There is contact in some worlds. `cross` is known where it is inlined, so each silo case is a loop of its own. */
static inline __attribute__((always_inline)) void hear(
    const struct loop *l, const double *message, ptrdiff_t t, ptrdiff_t i, ptrdiff_t u, const int cross)
{
    const ptrdiff_t worlds = l->worlds, j = l->trustee[t], kind = l->kind[t];
    double *restrict ability = l->belief + (t * BELIEFS + ABILITY) * worlds;
    double *restrict benevolence = l->belief + (t * BELIEFS + BENEVOLENCE) * worlds;
    double *restrict integrity = l->belief + (t * BELIEFS + INTEGRITY) * worlds;
    double *restrict contacts = l->contacts + i * worlds;
    const double *restrict scar = l->scar + t * worlds, *restrict rapport = l->rapport + t * worlds;
    const double *restrict propensity = l->propensity + i * worlds;
    const double *restrict here = l->staffed + i * worlds, *restrict there = l->staffed + j * worlds;
    const double *restrict clear = l->clear + i * worlds, *restrict doubt = l->doubt + i * worlds;
    const double *restrict shown_ability = l->shown + (j * BELIEFS + ABILITY) * worlds;
    const double *restrict shown_benevolence = l->shown + (j * BELIEFS + BENEVOLENCE) * worlds;
    const double *restrict shown_integrity = l->shown + (j * BELIEFS + INTEGRITY) * worlds;
    const double *restrict noise = l->noise + j * worlds;
    const double *restrict lift_ability = l->lift + (ABILITY * l->places + u) * worlds;
    const double *restrict lift_benevolence = l->lift + (BENEVOLENCE * l->places + u) * worlds;
    const double *restrict lift_integrity = l->lift + (INTEGRITY * l->places + u) * worlds;
    const double *restrict mediation = l->mediation + u * worlds;
    const double *restrict chance = l->contact + (kind * l->places + u) * worlds;
    const double *restrict base = l->base + kind * worlds;
    const double *restrict gain = l->upward[t] ? l->gain_repair + u * worlds : l->gain;
    const double *restrict loss = l->loss, *restrict gate = l->gate;
    const double *restrict drift = l->drift, *restrict floor = l->floor;
    const double *restrict weight_ability = l->weight_ability, *restrict weight_benevolence = l->weight_benevolence;
    const double *restrict weight_integrity = l->weight_integrity, *restrict weight_propensity = l->weight_propensity;
    const double draw = message[0];
    const double luck_ability = triangular(message[1]), luck_benevolence = triangular(message[2]);
    const double luck_integrity = triangular(message[3]);

#pragma GCC ivdep
    for (ptrdiff_t w = 0; w < worlds; w++) {
        double a = ability[w], b = benevolence[w], c = integrity[w], p = propensity[w];
        double contacted = draw < chance[w] ? here[w] * there[w] : 0.0;
        double lifted = draw < base[w] ? 0.0 : 1.0;
        double of_ability = share(shown_ability[w] + lifted * lift_ability[w] + (luck_ability * noise[w] + rapport[w]));
        double of_benevolence = share(shown_benevolence[w] + lifted * lift_benevolence[w] + (luck_benevolence * noise[w] + rapport[w]));
        double of_integrity = share(shown_integrity[w] + lifted * lift_integrity[w] + (luck_integrity * noise[w] + rapport[w]));
        if (cross) {
            double expected = weight_ability[w] * a + weight_benevolence[w] * b + weight_integrity[w] * c
                + weight_propensity[w] * p - doubt[w];
            double unclear = (1.0 - clear[w]) * expected;
            of_ability = share(clear[w] * of_ability + unclear);
            of_benevolence = share(clear[w] * of_benevolence + unclear);
            of_integrity = share(clear[w] * of_integrity + unclear);
            contacts[w] = contacts[w] + contacted;
        }
        double heard_a = believe(a, of_ability, gain[w], loss[w], gate[w]);
        double heard_b = believe(b, of_benevolence, gain[w], loss[w], gate[w]);
        double heard_c = believe(c, of_integrity, gain[w], loss[w], gate[w]);
        double quiet_a = erode(a, p, drift[w]), quiet_b = erode(b, p, drift[w]), quiet_c = erode(c, p, drift[w]);
        double settled_b = mediate(contacted > 0.0 ? heard_b : quiet_b, floor[w], mediation[w]);
        double settled_c = mediate(contacted > 0.0 ? heard_c : quiet_c, floor[w], mediation[w]);
        ability[w] = mediate(contacted > 0.0 ? heard_a : quiet_a, floor[w], mediation[w]);
        benevolence[w] = scar[w] < settled_b ? scar[w] : settled_b;
        integrity[w] = scar[w] < settled_c ? scar[w] : settled_c;
    }
}

/* ---------------------------------------------------------------- all ties, all weeks */

static void learn(const struct loop *l)
{
    const ptrdiff_t worlds = l->worlds;
    for (ptrdiff_t i = 0; i < l->people; i++) {
        double *restrict understanding = l->understanding + i * worlds;
        const double *restrict contacts = l->contacts + i * worlds, *restrict learning = l->learning;
#pragma GCC ivdep
        for (ptrdiff_t w = 0; w < worlds; w++) {
            double lesson = learning[w] * contacts[w];
            understanding[w] = understanding[w] + lesson / (1.0 + lesson) * (1.0 - understanding[w]);
        }
    }
}

void tie_loop(const struct loop *l)
{
    for (int64_t week = 0; week < l->weeks; week++) {
        const double *message = l->message + week * l->ties * 4;
        for (ptrdiff_t cell = 0; cell < l->people * l->worlds; cell++)
            l->contacts[cell] = 0.0;
        for (ptrdiff_t t = 0; t < l->ties; t++, message += 4) {
            const ptrdiff_t i = l->truster[t], u = l->tie_unit[t];
            if (message[0] >= l->most_contact[l->kind[t] * l->places + u])
                be_quiet(l, t, i, u);
            else if (l->cross[t])
                hear(l, message, t, i, u, 1);
            else
                hear(l, message, t, i, u, 0);
        }
        learn(l);
    }
}
